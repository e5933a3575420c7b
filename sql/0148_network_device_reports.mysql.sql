-- Reports of lockers that were taken already.
create table if not exists network_device_reports (
  locker_code varchar(32) not null,
  report_id varchar(64) not null,
  received_at bigint not null,
  primary key (locker_code, report_id),
  index network_device_reports_received (received_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
