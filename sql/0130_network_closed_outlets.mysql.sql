-- An outlet that is closed until somebody opens it again, whatever its hours say.
alter table network_outlets add column closed tinyint not null default 0 check (closed in (0, 1));
