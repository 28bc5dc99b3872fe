import { createFileRoute, useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { SharedPage } from '#/features/shared';

export const Route = createFileRoute('/shared')({ component: SharedRoute });

/** The token stands in the fragment, which browsers send nowhere; and from there it goes at once. */
function SharedRoute() {
  const token = useLocation({ select: ({ hash }) => hash });
  const navigate = Route.useNavigate();
  useEffect(() => {
    if (token !== '') void navigate({ hash: '', replace: true });
  }, [token, navigate]);
  return <SharedPage token={token} />;
}
