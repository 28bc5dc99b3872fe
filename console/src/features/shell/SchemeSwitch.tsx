import {
  type MantineColorScheme,
  SegmentedControl,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { Icon, type IconName } from '#/ui/Icon';
import classes from './SchemeSwitch.module.css';

const SCHEMES: { value: MantineColorScheme; name: string; icon: IconName }[] = [
  { value: 'light', name: 'Light', icon: 'sun' },
  { value: 'auto', name: 'As the system', icon: 'system' },
  { value: 'dark', name: 'Dark', icon: 'moon' },
];

/** Light, dark, or as the system says. Holding transitions back would take a style element, so they are kept. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <SegmentedControl<MantineColorScheme>
      aria-label="Colour scheme"
      size="xs"
      fullWidth
      withItemsBorders={false}
      classNames={{
        root: classes.root ?? '',
        label: classes.label ?? '',
        indicator: classes.indicator ?? '',
      }}
      value={colorScheme}
      onChange={setColorScheme}
      data={SCHEMES.map(({ value, name, icon }) => ({
        value,
        label: (
          <span className={classes.option} title={name}>
            <Icon name={icon} size={15} />
            <VisuallyHidden>{name}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
