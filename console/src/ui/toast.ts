import { notifications } from '@mantine/notifications';

/** Says that something succeeded. Failures are not said in passing: they stay on the page as a problem. */
export function toast(title: string, message: string): void {
  notifications.show({ title, message, color: 'petrol', withBorder: true });
}
