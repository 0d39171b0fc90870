import {
  BookOpenText,
  ChartColumn,
  ChartPie,
  Cpu,
  DatabaseZap,
  FlaskConical,
  Sparkles,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Record<string, LucideIcon> = {
  data_analyst: ChartColumn,
  data_scientist: FlaskConical,
  sql_expert: DatabaseZap,
  visualization_expert: ChartPie,
  rag_assistant: BookOpenText,
  ml_engineer: Cpu,
};

/** What stands for an agent; for several or nobody in particular, what stands for Studio. */
export function AgentIcon({ agent, size = 16 }: { agent: string | undefined; size?: number }) {
  const Icon = ICONS[agent ?? ''] ?? Sparkles;
  return <Icon size={size} aria-hidden />;
}
