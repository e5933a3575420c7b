-- Who is told that a parcel will be late may have it brought another way. MariaDB and MySQL name an unnamed CHECK differently: the table is
-- written anew, and takes the old one's place in one statement. Each statement may be repeated after a crash.
drop table if exists parcels_warnings_old;

create table if not exists parcels_warnings_new (
  parcel_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  warned_at bigint not null,
  open_until bigint not null,
  choice varchar(12) character set ascii collate ascii_bin null check (choice in ('wait', 'person', 'refund_rule', 'redirect')),
  chosen_at bigint null,
  primary key (parcel_id, customer_id),
  index parcels_warnings_customer (customer_id, open_until),
  index parcels_warnings_told (warned_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into parcels_warnings_new (parcel_id, customer_id, warned_at, open_until, choice, chosen_at)
select parcel_id, customer_id, warned_at, open_until, choice, chosen_at from parcels_warnings;

rename table parcels_warnings to parcels_warnings_old, parcels_warnings_new to parcels_warnings;

drop table parcels_warnings_old;
