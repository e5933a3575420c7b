-- regions: codes of divisions (2, 4 or 6 digits) separated by blanks; cn is the whole country.
create table knowledge_incidents (
  id text not null primary key,
  title text not null,
  text text not null,
  kind text not null check (kind in ('weather', 'traffic', 'hub', 'customs', 'holiday', 'system')),
  severity text not null check (severity in ('info', 'warning', 'severe')),
  regions text not null,
  starts_at integer not null,
  ends_at integer,
  state text not null check (state in ('draft', 'active', 'ended')),
  version integer not null,
  created_by text not null,
  created_at integer not null,
  published_at integer,
  ended_at integer,
  telling text not null default 'no' check (telling in ('no', 'under_way', 'done')),
  told_parcels integer not null default 0,
  told_customers integer not null default 0
) strict, without rowid;

create index knowledge_incidents_state on knowledge_incidents (state, id);

-- Who was told of an incident: each customer once.
create table knowledge_incident_audience (
  incident_id text not null references knowledge_incidents (id) on delete cascade,
  customer text not null,
  primary key (incident_id, customer)
) strict, without rowid;

create index knowledge_incident_audience_customer on knowledge_incident_audience (customer);

insert or ignore into knowledge_versions (name, version) values ('incidents', 1);
