using System.Globalization;
using System.Text;
using Courier.Kernel;
using Courier.Services.Addresses.Book;
using Courier.Services.Addresses.Parsing;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Network.Codes;
using Courier.Services.Orders;
using Courier.Services.Orders.Slots;
using Courier.Services.Rates;

namespace Courier.WechatGateway.Replies.Sending;

/// <summary>What customers read in the chat about sending: at most 2048 bytes each. A link stands on a line of its own, as WeChat takes what follows it for a part of it.</summary>
internal static class SendingTexts
{
    private const int MostBytes = 2048, MostOptions = 6, MostOutlets = 2;

    public const string CancelReason = "客户在公众号取消";
    public const string OrderGone = "没有找到这个订单。回复“我的订单”看看还在办理的订单。";

    /// <summary>The three ways to send.</summary>
    public static string Ways(string? home, ListedSlot? slot, AreaService? area, AppLinks links, DateTimeOffset now) => string.Join('\n',
    [
        "寄快递有三种方式，点链接直接下单：",
        $"【上门取件】{Door(home, slot, area, now)}",
        links.Send(pickup: "door"),
        "【快递柜】不用等快递员，随时投进附近的柜子",
        links.Send(pickup: "locker"),
        $"【送到网点】当场验视称重，凭寄件码交寄{Nearby(area)}",
        links.Send(pickup: "outlet"),
        "也可以把收件人的姓名、电话和地址直接发给我；问价格例如：运费 深圳 北京 3kg",
        "依法寄件须实名，快递员会开箱验视；易燃易爆品、管制刀具、毒品等禁止寄递，拿不准就问我“能寄……吗”。",
        "各产品时效和价格：",
        links.Products,
    ]);

    // Those that serve the usual address, or stand nearest where nobody serves it.
    private static string Nearby(AreaService? area)
    {
        var outlets = area is null ? [] : area.Outlets.Concat(area.Nearest).Where(o => !o.IsClosed && o.Offers("send")).Take(MostOutlets).ToList();
        return outlets.Count == 0 ? "" : $"。离您的默认寄件地址近的：{string.Concat(outlets.Select(o => $"\n· {o.Name}（{o.Hours}，{o.Address}）"))}";
    }

    private static string Door(string? home, ListedSlot? slot, AreaService? area, DateTimeOffset now) => (home, area, slot) switch
    {
        (null, _, _) => "预约时段，快递员上门来取",
        (_, { Pickup: false, Standing: not (AreaStanding.ServedInParts or AreaStanding.Unknown) }, _) => $"您的默认寄件地址（{home}）暂不支持上门，请选另外两种方式，或换个地址",
        (_, _, { } free) => $"您的默认寄件地址（{home}）最早{SlotText(free.From, free.Until, now)}可以上门",
        (_, _, null) => $"您的默认寄件地址（{home}）这几天的时段已约满，可以选另外两种方式",
    };

    /// <summary>今天 13:00-15:00.</summary>
    public static string SlotText(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now) =>
        string.Create(CultureInfo.InvariantCulture, $"{ChinaTime.Words(from, now)}-{ChinaTime.In(until):HH:mm}");

    /// <summary>The product that costs least; null when none carries it.</summary>
    public static QuoteOption? Cheapest(Quotation quotation) => quotation.Options.MinBy(o => o.TotalFen);

    /// <summary>The prices that were asked for.</summary>
    public static string Price(ComputedPrice price, bool isAssumed, bool isHome, string link, DateTimeOffset now)
    {
        var (request, pickup, quotation) = price;
        var goods = request.Goods;
        List<string> lines = [$"{Where(request.From)}{(isHome ? "（您的默认寄件地址）" : "")} → {Where(request.To)}，{Kilograms(goods.WeightGrams)}{Size(goods)}{(isAssumed ? "（没说重量，按 1 公斤算）" : "")}"];
        if (Cheapest(quotation) is not { } cheapest)
            return string.Join('\n', [.. lines, "这样的快件暂时寄不了：", .. quotation.Unavailable.Take(MostOptions).Select(u => $"· {u.Name}：{u.Reason}"), "需要帮忙请回复“人工”。"]);
        lines.AddRange(quotation.Options.Take(MostOptions).Select(o => $"【{o.Name}】{new Money(o.TotalFen)}，预计{ChinaTime.Words(o.PromisedBy, now)}前送到"));
        lines.Add($"{cheapest.Name}的价格{(pickup is null ? "" : $"（{SlotText(pickup.From, pickup.Until, now)}上门）")}：{Split(cheapest)}");
        if (cheapest.Cheaper.FirstOrDefault() is { } way) lines.Add($"省钱办法：{way.Why}");
        lines.Add(isAssumed ? "带上重量更准，例如：运费 深圳 北京 3kg。填好了，点开就能下单：" : "填好了，点开就能下单：");
        lines.Add(link);
        return Fit(lines, lines.Count - 3);
    }

    private static string Where(QuotePlace place) => place.CityName + (place.District == place.City ? "" : place.District);

    private static string Split(QuoteOption option)
    {
        var volume = option.VolumetricGrams > 0 ? $"，体积重 {Kilograms(option.VolumetricGrams)}" : "";
        return $"计费 {Kilograms(option.ChargeableGrams)}{volume}，{string.Join('，', option.Lines.Select(l => $"{l.Name} {new Money(l.Fen)}"))}";
    }

    private static string Kilograms(long grams) => string.Create(CultureInfo.InvariantCulture, $"{grams / 1000m:0.###} 公斤");

    private static string Size(QuoteGoods goods) => goods.HasSize ? string.Create(CultureInfo.InvariantCulture, $"，{goods.LengthMm / 10m:0.#}×{goods.WidthMm / 10m:0.#}×{goods.HeightMm / 10m:0.#} 厘米") : "";

    public static string WhichPlace(bool isFrom) => isFrom
        ? "从哪里寄出呢？直接回复城市，例如：深圳。存一个默认寄件地址，以后就不用再说了。"
        : "要寄到哪里呢？直接回复城市，例如：北京。也可以一次说全：运费 深圳 北京 3kg";

    public static string UnknownPlace(string word) => $"没认出“{word}”是哪个地方。请用城市或区县的名称再问一次，例如：运费 深圳 北京 3kg";

    public static string WhichCity(string province, bool isFrom) => $"{province}各地价格不同，{(isFrom ? "从哪个城市寄出" : "寄到哪个城市")}呢？直接回复城市名就行。";

    public static string WhichOne(IReadOnlyList<string> places, bool isFrom) =>
        $"{(isFrom ? "从哪里寄出" : "寄到哪里")}呢？请回复数字：\n{Numbered(places)}";

    private static string Numbered(IEnumerable<string> texts) => string.Join('\n', texts.Select((t, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {t}")));

    /// <summary>What was understood of a pasted address.</summary>
    public static string Pasted(PastedAddress address, IReadOnlyList<string> notices, QuotePlace? from, Quotation? price, string link, bool canKeep, DateTimeOffset now)
    {
        List<string> lines = ["我看到的收件信息：", Who(address), $"{address.Place} {address.Detail}".Trim()];
        lines.AddRange(notices.Take(2));
        if (Lacking(address) is { Length: > 0 } lacking) lines.Add($"还缺{lacking}，在页面里补上就行。");
        if (from is not null && price is not null && Cheapest(price) is { } best)
            lines.Add($"从{Where(from)}寄 1 公斤：{string.Join('；', price.Options.Take(3).Select(o => $"{o.Name} {new Money(o.TotalFen)}，预计{ChinaTime.Words(o.PromisedBy, now)}前送到"))}");
        else if (from is null)
            lines.Add("还没有默认寄件地址，价格在页面里选好寄件人就能看到。");
        lines.Add("点开下单（已填好收件人）：");
        lines.Add(link);
        if (canKeep) lines.Add("回复“存”，存进地址簿；如果是您自己的地址，回复“设为寄件地址”。");
        return Fit(lines, 2);
    }

    private static string Who(PastedAddress address) => $"{(address.Name.Length > 0 ? address.Name : "（姓名没看出来）")} {Masked(address.Phone)}{(address.Extension is null ? "" : $" 转 {address.Extension}")}";

    private static string Masked(string phone) => Phone.TryParse(phone, out var known) ? known.ToString() : phone.Length > 4 ? "****" + phone[^4..] : "****";

    private static string Lacking(PastedAddress address) => string.Join('、',
        new[] { (address.Name, "姓名"), (address.Detail, "详细地址") }.Where(f => f.Item1.Length == 0).Select(f => f.Item2));

    public static string WhichAddress(PastedAddress address) =>
        $"{Who(address)}\n地址里的地名不止一处，是哪一个呢？请回复数字：\n{Numbered(address.Choices.Take(8).Select(c => $"{c.Province}{(c.City == c.Province ? "" : c.City)}{(c.District == c.City ? "" : c.District)}"))}";

    public static string Unusable(IReadOnlyList<ParseRefusal> refusals) => $"这个地址还不能用：{string.Join('；', refusals.Select(r => r.Reason.TrimEnd('。')))}。请补全后再发一次。";

    public static string Several(int count, int ready, string link) =>
        $"看到 {count} 位收件人，其中 {ready} 位信息齐全{(ready < count ? $"，{count - ready} 位需要核对或补充" : "")}。\n在这里逐一下单，粘贴同样的内容就会自动识别：\n{link}\n也可以一次只发一位，我来报价并填好。";

    public static string CannotKeep(string link) => $"信息还不齐全，暂时存不了。在页面里补全后可以保存：\n{link}";

    public static string Kept(KeptAddress kept, bool asHome, string link)
    {
        var contact = kept.Address.Contact;
        var who = $"{contact.Name} {contact.Phone}（{contact.Address.City}{(contact.Address.District == contact.Address.City ? "" : contact.Address.District)}）";
        var done = asHome ? $"好的，{who}已设为默认寄件地址，以后报价和上门取件都按它来。" : kept.IsNew ? $"存好了：{who}。" : $"地址簿里已经有了：{who}。";
        return $"{done}\n地址簿：\n{link}";
    }

    public static string NoOrders(string send, string orders) => $"您现在没有正在办理的寄件订单。\n寄快递：\n{send}\n以前的订单：\n{orders}\n看寄给您的快递，请回复“我的快递”。";

    /// <summary>The open orders with numbers.</summary>
    public static string Orders(OrdersPage page, AppLinks links, DateTimeOffset now)
    {
        List<string> lines = ["正在办理的订单："];
        for (var i = 0; i < page.Orders.Count; i++)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {OrderLine(page.Orders[i], now)}"));
            lines.Add(links.Order(page.Orders[i].Id));
        }
        if (Can(page, OrderAction.Cancel) is { } cancel) lines.Add($"取消请回复“取消 {cancel}”{(Can(page, OrderAction.Reschedule) is { } move ? $"，改上门时间请回复“改时间 {move}”" : "")}。");
        lines.Add("全部订单：");
        lines.Add(links.Orders);
        return Fit(lines, lines.Count - 3);
    }

    private static int? Can(OrdersPage page, OrderAction action) =>
        page.Orders.Select((o, i) => (o, Position: (int?)(i + 1))).FirstOrDefault(p => OrderMachine.Open(p.o.Kind, p.o.Status, OrderActor.Customer).Contains(action)).Position;

    private static string OrderLine(ListedOrder order, DateTimeOffset now) =>
        $"{order.Number.Spoken}　{OrderWords.Of(order.Kind)}　{order.StatusText}\n　寄给{order.Counterpart}（{order.ToCity}）{(order.Shipments > 1 ? $"等 {order.Shipments} 件" : "")}"
        + (order.Slot is { } slot && order.Status is not (OrderStatus.PickedUp or OrderStatus.Deposited) ? $"，{SlotText(slot.From, slot.Until, now)}上门" : "")
        + (order.TotalFen is { } fen ? $"，{new Money(fen)}" : "");

    public const string NotCollectedYet = "快件还没有取走，不用拦截，取消订单就行。\n";

    public static string ReallyCancel(ReadOrder order, DateTimeOffset now) =>
        $"要取消订单 {order.Number.Spoken}（{OrderWords.Of(order.Kind)}{At(order.Slot, now)}，寄给{Masking.Name(order.Shipments[0].Recipient.Name)}）吗？\n确认请回复“是”；不取消请回复“不”。";

    private static string At(Slot? slot, DateTimeOffset now) => slot is null ? "" : "，" + SlotText(slot.From, slot.Until, now);

    public static string Cancelled(string number, string again) => $"订单 {number} 已取消。想重新寄，点开就是原来的内容：\n{again}";

    public static string NotCancelled(string number) => $"好的，订单 {number} 照常办理。";

    public static string Refused(string reason) => reason.TrimEnd('。') + "。需要帮忙请回复“人工”。";

    /// <summary>What can be changed with an order that nobody has collected, and what comes of another place.</summary>
    public static string ChangeOrder(ReadOrder order, string link) =>
        $"订单 {order.Number.Spoken} 还没有取走，姓名、电话、地址都可以改。换到别的城市或区县会按新的地方重新报价，您确认了价格才改。\n点开修改：\n{link}\n也可以直接回复“改地址”加新的收件人、电话和地址，我先报价。";

    /// <summary>Another recipient in the same district.</summary>
    public static string ChangeRecipient(ReadOrder order, OrderContact to, string link) => $"订单 {order.Number.Spoken} 改寄给{NewRecipient(to)}，价格不变。点开确认（已填好）：\n{link}";

    /// <summary>Another recipient elsewhere: the new price beside the old one.</summary>
    public static string ChangeRegion(ReadOrder order, OrderContact to, QuoteOption option, string link, DateTimeOffset now)
    {
        var was = order.Shipments[0].Price;
        var product = option.Product == was.Product ? option.Name : $"{was.ProductName}到不了那里，改用{option.Name}";
        return $"订单 {order.Number.Spoken} 改寄给{NewRecipient(to)}，要按新的地方计价：\n{product}：{new Money(was.TotalFen)} → {new Money(option.TotalFen)}，预计{ChinaTime.Words(option.PromisedBy, now)}前送到\n点开确认新价格（已填好），确认以前还寄原来的地址：\n{link}";
    }

    /// <summary>Nothing goes there.</summary>
    public static string NotThere(ReadOrder order, OrderContact to, Quotation quotation) => string.Join('\n',
        [$"订单 {order.Number.Spoken} 不能改寄给{NewRecipient(to)}：", .. quotation.Unavailable.Take(MostOptions).Select(u => $"· {u.Name}：{u.Reason}"), "订单照原来的地址办理。需要帮忙请回复“人工”。"]);

    private static string NewRecipient(OrderContact to) => $"{Masking.Name(to.Name)} {to.Phone}（{(to.City == to.Province ? "" : to.Province)}{to.City}{(to.District == to.City ? "" : to.District)}）";

    public static string TooLate(ReadOrder order, OrderAction action) => action switch
    {
        OrderAction.Cancel => $"订单 {order.Number.Spoken} {OrderWords.Of(order.Status, order.Kind)}，不能取消了。快件已经交给我们的，请回复“人工”申请拦截退回。",
        OrderAction.Change => $"订单 {order.Number.Spoken} {OrderWords.Of(order.Status, order.Kind)}，不能修改了。快件已经在路上的，可以请收件人回复“改派”，或者回复“人工”。",
        _ => $"订单 {order.Number.Spoken}（{OrderWords.Of(order.Kind)}，{OrderWords.Of(order.Status, order.Kind)}）没有可改的上门时间。",
    };

    public static string NothingTo(OrderAction action, string orders) =>
        $"现在没有可以{action switch { OrderAction.Cancel => "取消", OrderAction.Change => "修改", _ => "改上门时间" }}的订单。全部订单：\n{orders}";

    public static string NoSlots(string link) => $"这两天没有可改的时段了，更晚的请在页面里选：\n{link}";

    public static string WhichSlot(ReadOrder order, IReadOnlyList<ListedSlot> slots, DateTimeOffset now) =>
        $"订单 {order.Number.Spoken} 现在约的是{(order.Slot is { } slot ? SlotText(slot.From, slot.Until, now) : "……")}。改到什么时候？请回复数字：\n{Numbered(slots.Select(s => SlotText(s.From, s.Until, now) + (s.Left == 1 ? "（只剩一个名额）" : "")))}";

    public static string Rescheduled(ReadOrder order, DateTimeOffset now) => $"改好了：订单 {order.Number.Spoken} 改为{(order.Slot is { } slot ? SlotText(slot.From, slot.Until, now) : "")}上门。";

    public static string SlotTaken(ListedSlot? next, DateTimeOffset now) => next is null
        ? "这个时段刚被约满，最近几天也没有空的了。原来的时间不变。"
        : $"这个时段刚被约满，原来的时间不变。最近还有{SlotText(next.From, next.Until, now)}；要改请再回复“改时间”。";

    /// <summary>What was kept about where parcels may be left, and how to change it.</summary>
    public static string Consented(ConsentKind kind, bool isGiven) => isGiven
        ? $"记下了：{ConsentWordings.Of(kind)}\n想改主意，随时回复“不要放{PlaceOf(kind)}”。"
        : $"记下了：以后您的快件不放{PlaceOf(kind)}，快递员会送货上门，或先打电话和您商量。\n已经在派送路上的这一件，快递员来电时请再说一声。想改主意，随时回复“可以放{PlaceOf(kind)}”。";

    private static string PlaceOf(ConsentKind kind) => kind switch
    {
        ConsentKind.Locker => "快递柜",
        ConsentKind.Station => "驿站",
        ConsentKind.FrontDoor => "门口",
        ConsentKind.Neighbour => "邻居家",
        ConsentKind.ToDoor => "家里",
    };

    public const string NoCodes = "现在没有待取的快递。把取件短信粘贴给我，我帮您和家人收好，按免费保管时间排好序。";
    public const string CodeFetched = "好的，已记下取走了。\n";
    public static string CodeUnknown(string code) => $"待取的快递里没有取件码 {code}。\n";
    public const string CodeGoesByItself = "这一件签收后会自动消失，不用标记。";

    /// <summary>What was kept of what was pasted.</summary>
    public static string CodesKept(IReadOnlyList<KeptCode> kept)
    {
        if (kept is [var one]) return one.IsNew ? "已收好这个取件码。\n" : one.IsUpdated ? "这个取件码之前已收好，免费保管时间按新的记。\n" : "这个取件码已经收好了。\n";
        var added = kept.Where(k => k.IsNew).Select(k => k.Code.Code).ToList();
        var known = kept.Count - added.Count;
        var updated = kept.Any(k => k.IsUpdated) ? "，免费保管时间按新的记" : "";
        if (added.Count == 0) return $"这 {known} 个取件码都已经收好了{updated}。\n";
        return $"已收好 {added.Count} 个取件码：{string.Join('、', added)}{(known > 0 ? $"；另外 {known} 个之前已收好{updated}" : "")}。\n";
    }

    /// <summary>The wallet, in the order of one walk.</summary>
    public static string Codes(IReadOnlyList<ShownCode> codes, int all, string link, DateTimeOffset now)
    {
        List<string> lines = ["待取的快递（按免费保管时间排序）："];
        lines.AddRange(codes.Select((c, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {CodeLine(c, now)}")));
        lines.Add(all > codes.Count ? $"共 {all} 件。取走后回复“已取 1”。全部：" : "取走后回复“已取 1”。全部：");
        lines.Add(link);
        return Fit(lines, lines.Count - 3);
    }

    private static string CodeLine(ShownCode shown, DateTimeOffset now)
    {
        var code = shown.Code.Saved;
        var what = code.Code.Length > 0 ? code.Code : shown.Code.Waybill is { } waybill ? $"单号 {waybill}" : "";
        var where = string.Join(' ', new[] { code.Place, code.Carrier }.Where(t => t.Length > 0));
        var left = code.FreeUntil is not { } until ? "" : until <= now ? "，免费保管已到期" : $"，免费到{ChinaTime.Words(until, now)}";
        return $"{what}{(where.Length > 0 ? "　" + where : "")}{(shown.Owner.Length > 0 ? $"（{shown.Owner}的）" : "")}{left}";
    }

    /// <summary>How to pack something, in which box, and what it costs.</summary>
    public static string Packing(PackingTask task, SuggestedBox? box, (RateProduct Product, QuoteOption Price)? example)
    {
        List<string> lines = [$"包装：{task.Goods.Advice}"];
        if (box is { Item: var item })
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"箱子：{item.Name}（{item.LengthMm / 10m:0.#}×{item.WidthMm / 10m:0.#}×{item.HeightMm / 10m:0.#} 厘米）{(box.Parcels > 1 ? $" {box.Parcels} 个" : "")}，{new Money(item.Fen)}/个，装好约 {Kilograms(box.ParcelGrams)}/件"));
        if (example is var (product, price) && box is not null)
            lines.Add($"价格例子：{Where(product.ExampleFrom)}到{Where(product.ExampleTo)}，{product.Name} {new Money(price.TotalFen * box.Parcels)}（含箱子）");
        lines.Add("点开下单：");
        return string.Join('\n', lines);
    }

    // What is long because somebody wrote it so is left out, from the given line on, until it fits.
    private static string Fit(List<string> lines, int spare)
    {
        var text = string.Join('\n', lines);
        while (Encoding.UTF8.GetByteCount(text) > MostBytes && spare >= 0 && spare < lines.Count && lines.Count > 3)
        {
            lines.RemoveAt(spare);
            spare = Math.Max(1, spare - 1);
            text = string.Join('\n', lines);
        }
        return text;
    }
}
