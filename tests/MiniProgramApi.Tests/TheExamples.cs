using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Host.Tests;
using Courier.Kernel.Data;

namespace Courier.MiniProgramApi.Tests;

/// <summary>The examples of the interface document are calls of a running host. <c>COURIER_WRITE_DOCS=1</c> writes those that have changed their form.</summary>
public sealed class TheExamples : IAsyncLifetime
{
    private const string Template = "SandboxTemplate_ParcelUpdate_0000000000001";

    private readonly ApiApp _app = new() { Demo = true, Settings = new Dictionary<string, string> { ["Site:PublicBaseUrl"] = "https://wx.example.com" } };
    private readonly string _phone = "13711112222";
    private RecordedCalls _calls = null!;
    private HttpClient _me = null!, _friend = null!;

    public async Task InitializeAsync()
    {
        await _app.InitializeAsync();
        _calls = new RecordedCalls(await InterfaceText.Of(_app.App.Http));
        (_me, _friend) = (await _app.ACustomer(), await _app.ACustomer());
    }

    public Task DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Show_each_operation_as_the_host_carries_it_out()
    {
        await SigningIn();
        await Addresses();
        await Wallet();
        await Belonging();
        await AskingBefore();
        await Sending();
        await Receiving();
        await Privacy();
        var document = await InterfaceText.Of(_app.App.Http);
        document.Operations.Select(o => o.Name).Except(_calls.Names).ShouldBeEmpty("operations without an example");
        await Compare(_calls.Calls);
    }

    private async Task Compare(JsonObject now)
    {
        var file = Repository.Path("src", "MiniProgramApi", "examples.json");
        var written = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
        var changed = now.Where(c => written[c.Key] is not { } before || RecordedCalls.Differences(before, c.Value, c.Key).Any()).ToDictionary(c => c.Key, c => c.Value);
        var stale = written.Select(c => c.Key).Where(name => !now.ContainsKey(name)).ToList();
        if (Environment.GetEnvironmentVariable("COURIER_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, RecordedCalls.Text(new JsonObject(now.Select(c => KeyValuePair.Create(c.Key, (changed.ContainsKey(c.Key) ? c.Value : written[c.Key])?.DeepClone())))));
        else
            changed.Keys.Concat(stale).ShouldBeEmpty("examples.json is out of date: "
                + string.Join(", ", changed.SelectMany(c => RecordedCalls.Differences(written[c.Key], c.Value, c.Key)).Take(20)));
    }

    private async Task SigningIn()
    {
        var guest = _app.App.Http;
        await Call(guest, "ShowAppVersion", parameters: new { platform = "mp-weixin", version = "1.0.0" });
        await Call(guest, "SignInByWechat", new { appId = "wxdemo0000000002", code = "023xyz" });
        await Call(_me, "SendPhoneCode", new { phone = _phone });
        await Call(_me, "VerifyPhoneCode", new { phone = _phone, code = _app.Sms.CodeFor(_phone) });
        await Call(_friend, "BindPhoneByWechat", new { code = "13833334444" });
        await Call(await _app.ABrowser("13833334444"), "MergeAccounts");
        await Call(_friend, "RefuseMerge");
        await Call(_me, "ShowSession");
        await Call(_me, "ShowNotificationPreferences");
        await Call(_me, "ChangeNotificationPreferences", new { parcelStatus = true, parcelWarning = true, incident = false, quietHours = "22:30-07:00", sms = true });
        await Call(_me, "ShowSubscriptions");
        await Call(_me, "ReportSubscriptions", new { reportId = "report-0001", results = new Dictionary<string, string> { [Template] = "accept" } });
        await Call(guest, "ListNotices", parameters: new { province = "广东省", city = "深圳市" });
    }

    private async Task Addresses()
    {
        const string Pasted = "张三丰，13912345678，浙江省杭州市西湖区文三路478号华星时代广场B座1203室";
        await Call(_app.App.Http, "ParseAddress", new { text = Pasted });
        await Call(_app.App.Http, "ParseAddresses", new { text = Pasted + "\n李雷 13800138000 上海市浦东新区世纪大道100号" });
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("姓名,电话,地址\n韩梅梅,13800138001,北京市朝阳区建国路88号\n")), "file", "recipients.csv" } };
        await Call(_app.App.Http, "ParseAddressFile", form: file);
        var address = Party("李小雷", "13800002222", "上海市", "上海市", "浦东新区", label: "家");
        var id = Text(await Call(_me, "KeepAddress", address), "id");
        await Call(_me, "ListAddresses", parameters: new { q = "李", limit = 20 });
        await Call(_me, "ShowAddress", parameters: new { id });
        await Call(_me, "ChangeAddress", address, new { id });
        var token = Text(await Call(_me, "ShareAddress", new { expiresInHours = 24 }, new { id }), "token");
        await Call(_friend, "TakeAddress", new { token });
        await Call(_me, "UnshareAddress", parameters: new { id });
        await Call(_me, "DeleteAddress", parameters: new { id });
        await Call(_me, "RestoreAddress", parameters: new { id });
        await Call(_me, "DecideConsent", new { kind = "locker", size = "M", given = true });
        await Call(_me, "ShowConsents");
    }

    private async Task Wallet()
    {
        var kept = await Call(_me, "KeepCodes", new { text = "【菜鸟驿站】您的圆通包裹已到科苑店，请凭12-3-4567到科苑店领取。" });
        var id = Text(kept.GetProperty("added")[0], "id");
        await Call(_me, "ListCodes", parameters: new { state = "open" });
        await Call(_me, "MarkCodeFetched", new { fetched = true }, new { id });
        await Call(_me, "DeleteCode", parameters: new { id });
        var invited = await Call(_me, "InviteToFamily", new { name = "妈妈" });
        _app.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await Call(_friend, "JoinFamily", new { token = Text(invited, "token"), name = "小雷" });
        var members = (await Call(_me, "ShowFamily")).GetProperty("members").EnumerateArray();
        await Call(_me, "SendFamilyMemberAway", parameters: new { id = Text(members.First(m => !m.GetProperty("isMe").GetBoolean()), "id") });
        await Call(_me, "LeaveFamily");
    }

    private async Task Belonging()
    {
        var id = await _app.AnOrganisation("91350100M000100Y43", _phone);
        await Call(_me, "AcceptInvite", parameters: new { invite = Text((await Call(_me, "ListOrganisations")).GetProperty("invites")[0], "id") });
        var withdrawn = Text(await Call(_me, "InviteToOrganisation", new { phone = "13833330000", role = "viewer" }, new { id }), "id");
        await Call(_me, "WithdrawInvite", parameters: new { id, invite = withdrawn });
        var invited = Text(await Call(_me, "InviteToOrganisation", new { phone = "13833334444", role = "sender" }, new { id }), "id");
        await Call(_friend, "AcceptInvite", parameters: new { invite = invited });
        var member = Text((await Call(_me, "ShowOrganisation", parameters: new { id })).GetProperty("persons").EnumerateArray().First(p => !p.GetProperty("isMe").GetBoolean()), "id");
        await Call(_me, "ChangeMemberRole", new { role = "owner" }, new { id, member });
        await Call(_friend, "LeaveOrganisation", parameters: new { id });
        var again = Text(await Call(_me, "InviteToOrganisation", new { phone = "13833334444", role = "viewer" }, new { id }), "id");
        await Call(_friend, "AcceptInvite", parameters: new { invite = again });
        member = Text((await Call(_me, "ShowOrganisation", parameters: new { id })).GetProperty("persons").EnumerateArray().First(p => !p.GetProperty("isMe").GetBoolean()), "id");
        await Call(_me, "SendMemberAway", parameters: new { id, member });
    }

    private async Task AskingBefore()
    {
        var guest = _app.App.Http;
        await Call(guest, "FindOutlets", parameters: new { district = "南山区" });
        await Call(guest, "FindNearest", parameters: new { lat = 30.2561, lng = 120.1632, kind = "locker", fits = "M", limit = 5 });
        await Call(guest, "ServiceAreaOf", parameters: new { province = "广东省", city = "深圳市", district = "南山区", street = "粤海街道", detail = "科苑路" });
        await Call(guest, "CheckGoods", parameters: new { q = "充电宝" });
        await Call(guest, "AdvisePacking", parameters: new { q = "两瓶红酒", from = "杭州", to = "上海" });
        await Call(guest, "ListProducts");
        await Call(guest, "FindProduct", parameters: new { code = "standard" });
    }

    private async Task Sending()
    {
        var (from, to) = (Party("王小明", "13700001111", "浙江省", "杭州市", "西湖区"), Party("李小雷", "13800002222", "上海市", "上海市", "浦东新区"));
        var goods = new { kind = "clothing", weightGrams = 2600, lengthMm = 400, widthMm = 300, heightMm = 200 };
        var quoteId = Text(await Call(_me, "MakeQuote", new { from = new { province = "浙江省", city = "杭州市", district = "西湖区" },
            to = new { province = "上海市", city = "上海市", district = "浦东新区" }, goods, pickup = "door" }), "quoteId");
        await Call(_me, "ListSlots", parameters: new { province = "浙江省", city = "杭州市", district = "西湖区", date = Day(1) });
        var order = await Call(_me, "PlaceOrder", new { kind = "door", sender = from, recipient = to, goods, quoteId, product = "standard", slot = $"{Day(1)}T13:00:00+08:00", payment = "on_pickup" });
        var shipment = new { recipient = to, goods, quoteId, product = "standard" };
        await Call(_me, "PlaceOrderForMany", new { kind = "door", sender = from, slot = $"{Day(1)}T15:00:00+08:00", payment = "on_pickup", shipments = new[] { shipment, shipment } });
        var id = Text(order, "id");
        await Call(_me, "ListOrders", parameters: new { role = "sender", state = "open" });
        await Call(_me, "ShowOrder", parameters: new { id });
        await Call(_me, "RescheduleOrder", new { slot = $"{Day(2)}T09:00:00+08:00" }, new { id });
        await Call(_me, "ChangeOrder", new { remark = "放门卫" }, new { id });
        await Call(_me, "PrefillOrder", parameters: new { id });
        var quoted = (await ApiApp.Send(_me, HttpMethod.Post, "quotes", new { from, to, goods, pickup = "locker" })).Json.GetProperty("quoteId").GetString();
        var locker = await ApiApp.Send(_me, HttpMethod.Post, "orders", new { kind = "locker", sender = from, recipient = to, goods, quoteId = quoted, product = "standard", lockerCode = "HZL001", cellSize = "L", payment = "on_pickup" });
        locker.Status.ShouldBe(System.Net.HttpStatusCode.Created, locker.Text);
        await Call(_me, "KeepCell", new { lockerCode = "HZL001" }, new { id = Text(locker.Json, "id") });
        await Call(_me, "CancelOrder", new { reason = "不寄了" }, new { id });
    }

    private async Task Receiving()
    {
        var (mine, sent) = (await _app.AParcel(recipient: _phone), await _app.AParcel(sender: _phone));
        await _app.Events(_app.Event(mine, "picked_up", -60), _app.Event(sent, "picked_up", -60));
        await Call(_me, "LookUpParcels", new { waybills = new[] { mine, "CY0000000000000" }, phoneTail = "2222" });
        await Call(_me, "ShowParcel", parameters: new { waybill = mine });
        await Call(_me, "ListParcels", parameters: new { role = "recipient", state = "open" });
        await Call(_me, "DirectParcel", new { kind = "locker", place = "HZL001" }, new { waybill = mine });
        await Call(_me, "ShowDelivery", parameters: new { waybill = mine });
        await Call(_me, "UndoDirection", parameters: new { waybill = mine });
        await Call(_me, "CorrectParties", new { name = "周梅" }, new { waybill = mine });
        await Call(_me, "InterceptParcel", new { reason = "寄错了" }, new { waybill = sent });
        await Warned(mine);
        await Call(_me, "AnswerLateness", new { choice = "wait" }, new { waybill = mine });
        await Call(_me, "ShareParcel", new { expiresInHours = 72 }, new { waybill = mine });
        await Call(_me, "UnshareParcel", parameters: new { waybill = mine });
    }

    private async Task Warned(string waybill)
    {
        var (now, me) = (_app.App.Clock.GetUtcNow(), Text((await ApiApp.Send(_me, HttpMethod.Get, "session")).Json.GetProperty("customer"), "id"));
        await _app.App.Get<Db>().Execute(
            "insert into parcels_warnings (parcel_id, customer_id, warned_at, open_until) select id, @me, @now, @until from parcels_parcels where waybill = @waybill",
            new { me, now, until = now.AddDays(1), waybill });
    }

    private async Task Privacy()
    {
        await Call(_me, "SwitchPersonalisation", new { on = true });
        var receipt = Text(await Call(_me, "AskCorrection", new { field = "name", value = "王晓明" }), "receipt");
        await Call(_app.App.Http, "ShowReceipt", parameters: new { receipt });
        await Call(_me, "ShowPrivacy");
        await Call(_me, "ShowAccessLog");
        await Call(_me, "ExportMyData");
        await Call(_me, "CloseAccount");
        await Call(_me, "RestoreAccount");
        await Call(_me, "SignOut");
    }

    private Task<JsonElement> Call(HttpClient client, string name, object? body = null, object? parameters = null, HttpContent? form = null) => _calls.Call(client, name, body, parameters, form);

    private string Day(int ahead) => _app.App.Clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)).AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(JsonElement answer, string field) => answer.GetProperty(field).GetString()!;

    private static object Party(string name, string phone, string province, string city, string district, string? label = null) =>
        new { name, phone, province, city, district, detail = "文三路 1 号", label };
}
