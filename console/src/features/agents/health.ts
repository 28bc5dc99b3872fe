/** The rule, as people are told it; the server judges by it. */
export const HEALTH_RULE =
  'Online: seen within 3 minutes. Late: within 1 hour. Silent: longer ago. Agents ask for work about once a minute.';
