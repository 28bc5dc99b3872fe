import { createFileRoute, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { InvitationPage } from '#/features/invitation';

export const Route = createFileRoute('/invite')({ component: InviteRoute });

/** The token stands in the fragment, which browsers send nowhere; and from there it goes at once. */
function InviteRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = Route.useNavigate();
  useEffect(() => {
    if (token !== '') void navigate({ hash: '', replace: true });
  }, [token, navigate]);
  return <InvitationPage token={token} onGo={(address) => window.location.assign(address)} />;
}
