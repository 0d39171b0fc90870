import {
  BrainCircuit,
  Database,
  FileText,
  LayoutDashboard,
  MessagesSquare,
  Settings,
  Workflow,
  type LucideIcon,
} from 'lucide-react';

/** An entry of the menu. */
export interface Place {
  path: string;
  title: string;
  icon: LucideIcon;
  /** What somebody needs to be shown it; nothing: everybody who is signed in. */
  scope?: string;
}

/** A group of the menu, in order; a further page is one more line here and one route. */
export const PLACES: { title: string; places: Place[] }[] = [
  {
    title: 'Work',
    places: [
      { path: '/', title: 'Dashboard', icon: LayoutDashboard },
      { path: '/assistant', title: 'Assistant', icon: MessagesSquare, scope: 'chat:use' },
      { path: '/graphs', title: 'Graphs', icon: Workflow, scope: 'graph:get' },
    ],
  },
  {
    title: 'Data',
    places: [
      { path: '/datasets', title: 'Datasets', icon: Database, scope: 'dataset:get' },
      { path: '/documents', title: 'Documents', icon: FileText, scope: 'document:get' },
      { path: '/learning', title: 'Learning', icon: BrainCircuit, scope: 'dataset:get' },
    ],
  },
  { title: 'Studio', places: [{ path: '/settings', title: 'Settings', icon: Settings }] },
];
