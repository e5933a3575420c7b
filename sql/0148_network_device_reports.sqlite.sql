-- Reports of lockers that were taken already.
create table network_device_reports (
  locker_code text not null,
  report_id text not null,
  received_at integer not null,
  primary key (locker_code, report_id)
) strict, without rowid;

create index network_device_reports_received on network_device_reports (received_at);
