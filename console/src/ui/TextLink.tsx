import { Anchor, type AnchorProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

interface Props
  extends Omit<AnchorProps, 'href'>, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps> {
  ref?: Ref<HTMLAnchorElement>;
}

function AnchorOfRouter(props: Props) {
  return <Anchor inherit {...props} />;
}

/** A link to another page of the console, with the router's typed parameters. */
export const TextLink = createLink(AnchorOfRouter);
