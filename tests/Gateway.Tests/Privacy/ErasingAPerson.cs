using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Courier.Gateway.Tests.Sending;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Services.Parcels;
using Courier.Services.Staff;
using Courier.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Gateway.Tests.Privacy;

/// <summary>A person who has done everything that can be done here is erased; nothing may be left, on both databases.</summary>
public abstract partial class ErasingAPerson : IAsyncLifetime
{
    private const string Secret = "我家门口的紫色鞋柜";
    private const string Phone = "13900004321";

    // What the law obliges the carrier to keep: the waybill with sender and recipient. It goes with the carrier's records.
    private static readonly string[] CarriersRecord = ["parcels_parcels"];

    // Columns that sound personal and are not, or that go by themselves within a day.
    private static readonly Dictionary<string, string> NotPersonal = new()
    {
        ["parcels_parcels"] = "the carrier's waybill, kept by law",
        ["http_idempotency"] = "answers for repeats, encrypted, gone within a day",
        ["network_outlets"] = "addresses and telephones of shops", ["network_lockers"] = "addresses of lockers", ["network_cells"] = "codes of doors; the holder is an order",
        ["wechat_tokens"] = "tokens of accounts", ["http_protection_keys"] = "keys of the product",
        ["knowledge_carriers"] = "hotlines of carriers", ["calls_phones"] = "telephones of staff",
    };

    private CourierApp _app = null!;

    public async Task InitializeAsync() => _app = await CourierApp.Start(new()
    {
        MariaDb = await Database(), Settings = new Dictionary<string, string> { ["Notifications:QuietHours"] = "" },
    });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    protected abstract Task<string?> Database();

    [Fact]
    public async Task After_the_account_was_closed_no_table_names_the_person_any_more()
    {
        var person = await SomebodyWhoDidEverything();
        var traces = new TracesOfAPerson(_app);
        var before = await traces.Of(person.Names);
        foreach (var table in (string[])["customers_identities", "customers_unions", "customers_phones", "customers_sessions", "parcels_followers",
            "conversations_messages", "conversations_conversations", "notifications_messages", "wechat_followers", "wechat_scans", "wechat_tail_questions", "outbox_messages"])
            before.ShouldContain(t => t.StartsWith(table + ".", StringComparison.Ordinal), $"the story leaves nothing in {table}");

        await Tell(person.OpenId, "user_authorization_cancellation", "");
        await ToTheEnd();

        (await traces.Of(person.Names)).Where(t => !CarriersRecord.Contains(t.Split('.')[0])).ShouldBeEmpty();
        var receipt = (await _app.Get<Db>().First<string>("select receipt from customers_erasures"))!;
        receipt.ShouldMatch("^E\\d{8}-[2-9A-Z]{8}$");
        (await EraseCustomer.Find(_app.Get<Db>(), receipt, default))!.DoneAt.ShouldNotBeNull();
        (await _app.Get<Db>().Query<string>("select action from staff_audit where subject = @subject order by sequence", new { subject = "erasure:" + receipt }))
            .ShouldBe(["customer.erasure_asked", "customer.erased"]);
        (await AuditTrail.FirstBroken(_app.Get<Db>(), default)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_comes_back_after_it_is_somebody_new()
    {
        var person = await SomebodyWhoDidEverything();
        await Tell(person.OpenId, "user_authorization_cancellation", "");
        var again = await Recognised(person.OpenId);
        again.ShouldNotBe(person.Customer);
        await ToTheEnd();
        (await Recognised(person.OpenId)).ShouldBe(again);
        (await VerifiedPhones.Of(_app.Get<Db>(), again, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Another_person_loses_nothing_by_it()
    {
        var other = await SomebodyWhoDidEverything("13900008765");
        var before = await new TracesOfAPerson(_app).Of(other.Names);
        var person = await SomebodyWhoDidEverything();
        await Tell(person.OpenId, "user_authorization_cancellation", "");
        await ToTheEnd();
        (await new TracesOfAPerson(_app).Of(other.Names)).Where(t => !t.StartsWith("outbox", StringComparison.Ordinal))
            .ShouldBe(before.Where(t => !t.StartsWith("outbox", StringComparison.Ordinal) && !t.StartsWith("http_idempotency", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_same_wish_told_three_times_is_one_receipt_and_a_failure_half_way_is_made_good()
    {
        var person = await SomebodyWhoDidEverything();
        var request = new ErasureRequest(ErasureOrigin.Customer, ErasureScope.Everything, "once") { Customer = person.Customer };
        var receipts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => EraseCustomer.Ask(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Get<IJobAlarm>(), _app.Clock, request, default)));
        receipts.Distinct().ShouldHaveSingleItem();
        // The process dies after the first capability's step: the row says "asked", and the next run goes through all of them.
        var first = _app.Services.GetServices<IPersonalData>().Last();
        var subject = new PersonalSubject([person.Customer], [new WechatName(Pushes.Official, person.OpenId)], [], []);
        await _app.Get<Db>().InTransaction(tx => first.Erase(tx, subject, ErasureScope.Everything, default));
        await ToTheEnd();
        (await new TracesOfAPerson(_app).Of(person.Names)).Where(t => !CarriersRecord.Contains(t.Split('.')[0])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_permission_taken_back_erases_its_own_kind_only()
    {
        var person = await SomebodyWhoDidEverything();
        await BindPhone.Execute(_app.Get<Db>(), _app.Get<DataKeys>(), _app.Clock, person.Customer, Kernel.Phone.Parse("13900007777"), PhoneSource.Wechat, default);
        await Tell(person.OpenId, "user_authorization_revoke", "<RevokeInfo>8,3</RevokeInfo>");
        await ToTheEnd();
        (await VerifiedPhones.Of(_app.Get<Db>(), person.Customer, default)).ShouldHaveSingleItem().Tail.ShouldBe("4321", "what an SMS proved was not given by WeChat");
        (await Recognised(person.OpenId)).ShouldBe(person.Customer);
        (await new TracesOfAPerson(_app).Of(Secret)).ShouldContain("conversations_messages.body_cipher");

        await Tell(person.OpenId, "user_authorization_revoke", "<RevokeInfo>13</RevokeInfo>");
        await ToTheEnd();
        (await new TracesOfAPerson(_app).Of("云杉小区")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_export_holds_what_every_capability_keeps()
    {
        var person = await SomebodyWhoDidEverything();
        var export = await ExportCustomer.Execute(_app.Get<Db>(), _app.Services.GetServices<IPersonalData>(), person.Customer, default);
        var text = export.ToJsonString(KernelJson.Options);
        foreach (var name in (string[])[person.OpenId, "uErased", Phone, Secret, person.Waybill]) text.ShouldContain(name);
        export.Select(p => p.Key).ShouldBe(["customers", "profile", "parcels", "conversations", "notifications", "wechat"], ignoreOrder: true);
    }

    /// <summary>A table with a column that sounds personal belongs to somebody's <see cref="IPersonalData"/>, or stands above with its reason.</summary>
    [Fact]
    public async Task No_table_with_personal_data_is_forgotten()
    {
        var looked = _app.Services.GetServices<IPersonalData>().SelectMany(p => p.Tables).ToHashSet();
        var columns = await new TracesOfAPerson(_app).Columns();
        columns.Where(c => Personal().IsMatch(c.Column)).Select(c => c.Table).Distinct().Where(t => !looked.Contains(t) && !NotPersonal.ContainsKey(t)).ShouldBeEmpty();
        looked.Except(columns.Select(c => c.Table)).ShouldBeEmpty("there are no such tables");
    }

    private async Task<Somebody> SomebodyWhoDidEverything(string phone = Phone)
    {
        var union = phone == Phone ? "uErased" : "uOther" + phone;
        var openId = (await _app.Post("followers", new { appId = Pushes.Official, openid = $"oE{phone}", unionid = union, phone, nickname = "某人", scene = "shop_17" })).GetProperty("openid").GetString()!;
        var waybill = await Registered(phone);
        await _app.Say(openId, $"绑定手机 {phone}");
        var sms = await _app.Http.GetFromJsonAsync<JsonElement>($"/simulator/sms/{phone}");
        await _app.Say(openId, sms.GetProperty("messages").EnumerateArray().Last().GetProperty("code").GetString()!);
        await _app.Say(openId, waybill);
        await _app.Say(openId, await Registered("13811112222")); // somebody else's: asks for four digits
        var miniId = (await _app.Post("followers", new { appId = Pushes.MiniProgram, openid = $"mE{phone}", unionid = union, phone, nickname = "某人" })).GetProperty("openid").GetString()!;
        var code = (await _app.Post("login-code", new { openid = miniId })).GetProperty("code").GetString()!;
        using var login = await _app.Http.PostAsJsonAsync("/api/customer/v1/session/wechat", new { appId = Pushes.MiniProgram, code });
        login.IsSuccessStatusCode.ShouldBeTrue();
        var customer = await RecogniseCustomer.Execute(_app.Get<Db>(), _app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(openId), union), default);
        await _app.Say(openId, "人工");
        await _app.Say(openId, Secret + phone);
        await _app.Say(openId, new { type = "location", lat = 30.27, lng = 120.15, label = "云杉小区" });
        await _app.Settle();
        await Moved(waybill);
        await _app.Settle();
        string[] names = [openId, miniId, union, customer.Text, phone, _app.Get<DataKeys>().Hash(Kernel.Phone.Parse(phone)), Secret + phone];
        return new Somebody(openId, customer, waybill, names);
    }

    private async Task<string> Registered(string phone)
    {
        using var made = await _app.Http.PostAsJsonAsync("/simulator/parcels", new { recipientPhone = phone });
        return (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("waybill").GetString()!;
    }

    private async Task Moved(string waybill)
    {
        using var moved = await _app.Http.PostAsJsonAsync($"/simulator/parcels/{waybill}/advance", new { steps = 2 });
        moved.IsSuccessStatusCode.ShouldBeTrue();
    }

    private Task<CustomerId> Recognised(string openId) =>
        RecogniseCustomer.Execute(_app.Get<Db>(), _app.Clock, new WechatIdentity(Pushes.Official, OpenId.Parse(openId), null), default);

    private async Task Tell(string openId, string name, string rest)
    {
        var wechat = Pushes.ToOfficial(_app).As(openId);
        await wechat.Tell(wechat.EventXml(name, $"<OpenID>{openId}</OpenID><AppID>{Pushes.Official}</AppID>{rest}"));
    }

    /// <summary>Both sweeps, and what goes by itself within a day.</summary>
    private async Task ToTheEnd()
    {
        await _app.Settle();
        _app.Clock.Advance(TimeSpan.FromMinutes(11));
        await _app.Settle();
        _app.Clock.Sleep(TimeSpan.FromHours(25));
        await _app.RunJob("http.purge_answers");
    }

    [GeneratedRegex("customer(?!s$)|openid|unionid|phone|address|cipher|media")]
    private static partial Regex Personal();

    private sealed record Somebody(string OpenId, CustomerId Customer, string Waybill, string[] Names);
}

public sealed class ErasingAPersonOnSqlite : ErasingAPerson
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class ErasingAPersonOnMariaDb : ErasingAPerson
{
    protected override async Task<string?> Database() => await MariaDb.NewDatabase();
}
