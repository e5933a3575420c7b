-- regions: codes of divisions (2, 4 or 6 digits) separated by blanks; cn is the whole country.
create table if not exists knowledge_incidents (
  id char(32) not null primary key,
  title varchar(40) not null,
  text varchar(200) not null,
  kind varchar(12) not null check (kind in ('weather', 'traffic', 'hub', 'customs', 'holiday', 'system')),
  severity varchar(12) not null check (severity in ('info', 'warning', 'severe')),
  regions varchar(500) not null,
  starts_at bigint not null,
  ends_at bigint,
  state varchar(12) not null check (state in ('draft', 'active', 'ended')),
  version bigint not null,
  created_by char(32) not null,
  created_at bigint not null,
  published_at bigint,
  ended_at bigint,
  telling varchar(12) not null default 'no' check (telling in ('no', 'under_way', 'done')),
  told_parcels bigint not null default 0,
  told_customers bigint not null default 0,
  key knowledge_incidents_state (state, id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

-- Who was told of an incident: each customer once.
create table if not exists knowledge_incident_audience (
  incident_id char(32) not null,
  customer char(32) not null,
  primary key (incident_id, customer),
  key knowledge_incident_audience_customer (customer),
  constraint knowledge_incident_audience_incident foreign key (incident_id) references knowledge_incidents (id) on delete cascade
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into knowledge_versions (name, version) values ('incidents', 1);
