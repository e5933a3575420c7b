-- A list's pages are found in the index alone, status and all. (SQLite's tables are written anew besides: InnoDB keeps rows in leaves only.)
alter table orders_orders
  drop index orders_orders_customer, add index orders_orders_customer (customer_id, id, status),
  drop index orders_orders_sender, add index orders_orders_sender (sender_phone_hash, id, status);
