-- Parcels that are not done: when to look at them next, where they are stuck, and whether lateness was announced.
create table if not exists parcels_watches (
  parcel_id char(32) character set ascii collate ascii_bin not null primary key,
  check_at bigint not null,
  stuck_place varchar(100) not null default '',
  warnings int not null default 0,
  warned_eta bigint null,
  is_recovered int not null default 0 check (is_recovered in (0, 1)),
  index parcels_watches_due (check_at),
  index parcels_watches_place (stuck_place)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into parcels_watches (parcel_id, check_at)
select parcel_id, 0 from parcels_states where status not in ('signed', 'returned', 'cancelled', 'lost');

-- Who was told that a parcel will be late, and what they chose.
create table if not exists parcels_warnings (
  parcel_id char(32) character set ascii collate ascii_bin not null,
  customer_id char(32) character set ascii collate ascii_bin not null,
  warned_at bigint not null,
  open_until bigint not null,
  choice varchar(12) character set ascii collate ascii_bin null check (choice in ('wait', 'person', 'refund_rule')),
  chosen_at bigint null,
  primary key (parcel_id, customer_id),
  index parcels_warnings_customer (customer_id, open_until),
  index parcels_warnings_told (warned_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
