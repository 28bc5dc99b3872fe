import { Burger, Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useRouterState } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { useMe } from '#/features/identity';
import { Wordmark } from '#/ui/Wordmark';
import { Navigation } from './Navigation';
import { PersonCard } from './PersonCard';
import classes from './Shell.module.css';

/** The frame of every page: rail at the left, or behind a button where there is no room for it. */
export function Shell({ children }: { children: ReactNode }) {
  const [open, { toggle, close }] = useDisclosure(false);
  const main = useFocusOnNavigation();
  const { organization } = useMe();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main">
        Skip to the content
      </a>
      <section className={classes.bar} aria-label="Navigation bar">
        <Burger opened={open} onClick={toggle} size="sm" color="currentColor" aria-label="Navigation" />
        <Wordmark />
        <span className={classes.barOrganization}>{organization.name}</span>
      </section>
      <Drawer
        opened={open}
        onClose={close}
        position="left"
        size="17rem"
        title="Navigation"
        classNames={{
          content: classes.drawer ?? '',
          header: classes.drawer ?? '',
          close: classes.drawerClose ?? '',
          body: classes.drawerBody ?? '',
        }}
      >
        <Navigation onNavigate={close} />
        <PersonCard onNavigate={close} />
      </Drawer>
      <aside className={classes.side} aria-label="Navigation and person">
        <div className={classes.rail}>
          <div className={classes.brand}>
            <Wordmark />
            <span className={classes.organization} title={organization.slug}>
              {organization.name}
            </span>
          </div>
          <Navigation />
          <div className={classes.person}>
            <PersonCard />
          </div>
        </div>
      </aside>
      <main id="main" ref={main} tabIndex={-1} className={classes.main}>
        {children}
      </main>
    </div>
  );
}

/** After a navigation the keyboard continues at the content, not at the link that was left behind. */
function useFocusOnNavigation() {
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname });
  const before = useRef(path);
  useEffect(() => {
    if (before.current !== undefined && before.current !== path) main.current?.focus({ preventScroll: true });
    before.current = path;
  }, [path]);
  return main;
}
