using System.Globalization;
using System.Net;
using System.Text.Json;
using Courier.Kernel.Data;
using Courier.Services.Insight;
using Microsoft.Data.Sqlite;

namespace Courier.MiniProgramApi.Tests;

public sealed class SharingAParcel(ApiApp app) : IClassFixture<ApiApp>
{
    private const string SenderPhone = "13700001111", CourierPhone = "13912345678";

    [Fact]
    public async Task The_page_shows_the_way_and_nothing_personal()
    {
        var (me, parcel, _) = await MyParcel();
        var path = await Share(me, parcel);
        var page = await app.App.Http.GetAsync(path);
        var html = await page.Content.ReadAsStringAsync();
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
        foreach (var word in new[] { "派送中", "杭州市 → 上海市", "已揽收", "失效" }) html.ShouldContain(word);
        foreach (var secret in new[] { parcel, SenderPhone, CourierPhone, "139****5678", "王小明", "李小雷", "王师傅", "文三路", "世纪大道", "西湖区", "浦东新区", "<script" }) html.ShouldNotContain(secret);
        html.ShouldContain($"{parcel[..4]}****{parcel[^4..]}");
    }

    [Fact]
    public async Task Browsers_are_told_to_be_strict_and_search_engines_to_stay_away()
    {
        var (me, parcel, _) = await MyParcel();
        using var page = await app.App.Http.GetAsync(await Share(me, parcel));
        Header(page, "Referrer-Policy").ShouldBe("no-referrer");
        Header(page, "X-Robots-Tag").ShouldBe("noindex, nofollow");
        Header(page, "Cache-Control").ShouldBe("no-store");
        Header(page, "Content-Security-Policy").ShouldStartWith("default-src 'none'; style-src 'sha256-");
        Header(page, "X-Content-Type-Options").ShouldBe("nosniff");
    }

    [Fact]
    public async Task Sharing_again_gives_the_same_link_and_a_new_end()
    {
        var (me, parcel, _) = await MyParcel();
        var first = await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/share", new { expiresInHours = 2 });
        var second = await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/share", new { });
        second.Json.GetProperty("url").GetString().ShouldBe(first.Json.GetProperty("url").GetString());
        Expires(first).ShouldBe(app.App.Clock.GetUtcNow().AddHours(2), TimeSpan.FromSeconds(5));
        Expires(second).ShouldBe(app.App.Clock.GetUtcNow().AddDays(7), TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_link_that_is_over_revoked_or_unknown_is_answered_alike()
    {
        var (me, parcel, _) = await MyParcel();
        var unknown = await Page("/s/" + new string('A', 32));
        unknown.Status.ShouldBe(HttpStatusCode.NotFound);
        unknown.Text.ShouldContain("这个链接已失效");
        (await Page("/s/short")).ShouldBe(unknown);
        (await Page("/s/" + new string('字', 32))).ShouldBe(unknown);

        var path = await Share(me, parcel, hours: 3);
        app.App.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromMinutes(1));
        (await Page(path)).Status.ShouldBe(HttpStatusCode.OK);
        app.App.Clock.Advance(TimeSpan.FromMinutes(2));
        (await Page(path)).ShouldBe(unknown, "its time is over");

        var next = await Share(me, parcel);
        next.ShouldNotBe(path, "a dead link does not come to life again");
        (await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/share", idempotencyKey: "back")).Status.ShouldBe(HttpStatusCode.NoContent);
        (await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/share", idempotencyKey: "back")).Status.ShouldBe(HttpStatusCode.NoContent, "the same request once more");
        (await Page(next)).ShouldBe(unknown, "it was taken back");
        (await ApiApp.Send(me, HttpMethod.Delete, $"parcels/{parcel}/share")).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.not_shared");
    }

    [Fact]
    public async Task A_day_after_the_parcel_is_done_the_link_is_dead_and_no_new_one_is_made()
    {
        var (me, parcel, _) = await MyParcel();
        var path = await Share(me, parcel);
        await app.Events(app.Event(parcel, "signed", text: "已签收，签收人：李小雷"));
        var page = await Page(path);
        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Text.ShouldContain("已签收");
        page.Text.ShouldNotContain("李小雷");
        app.App.Clock.Advance(TimeSpan.FromHours(25));
        (await Page(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/share", new { })).ShouldBeRefused(HttpStatusCode.Conflict, "parcel.share_over");
    }

    [Fact]
    public async Task Only_who_may_see_a_parcel_shares_it()
    {
        var (_, parcel, _) = await MyParcel();
        var stranger = await app.ACustomer();
        (await ApiApp.Send(stranger, HttpMethod.Post, $"parcels/{parcel}/share", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(stranger, HttpMethod.Post, $"parcels/{app.NewNumber()}/share", new { })).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.unknown");
        (await ApiApp.Send(stranger, HttpMethod.Delete, $"parcels/{parcel}/share")).ShouldBeRefused(HttpStatusCode.NotFound, "parcel.not_shared");
        (await app.Send(HttpMethod.Post, $"parcels/{parcel}/share", new { })).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(721)]
    [InlineData(-5)]
    public async Task An_impossible_time_is_refused(int hours)
    {
        var (me, parcel, _) = await MyParcel();
        (await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/share", new { expiresInHours = hours })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_secret_lies_as_a_hash_and_openings_are_counted()
    {
        var (me, parcel, _) = await MyParcel();
        var path = await Share(me, parcel);
        var token = path["/s/".Length..];
        token.Length.ShouldBe(32);
        await Page(path);
        await Page(path);
        var db = app.App.Get<Db>();
        await app.App.Get<UsageEvents>().Flush(default);
        (await db.First<long>("select sum(uses) from insight_usage_days where action = 'open_shared_parcel' and outcome = 'done'")).ShouldBeGreaterThanOrEqualTo(2);
        (await db.First<long>("select count(*) from parcels_shares where token_hash = @token or token_cipher = @token", new { token })).ShouldBe(0);
    }

    [Fact]
    public async Task It_is_shown_while_nobody_can_write()
    {
        var (me, parcel, _) = await MyParcel();
        var path = await Share(me, parcel);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(app.App.DataDirectory, "courier.db")};Pooling=False");
        await other.OpenAsync();
        await using var held = other.BeginTransaction();
        (await Page(path)).Text.ShouldContain("派送中");
    }

    [Fact]
    public async Task While_the_database_is_away_a_page_says_so()
    {
        var away = new ApiApp { CommandTimeout = "00:00:02" };
        await away.InitializeAsync();
        var db = away.App.Get<Db>();
        await db.Execute("drop table parcels_shares");
        await db.Execute("create view parcels_shares as with recursive n(i) as (select 1 union all select i + 1 from n) select '' as token_hash, '' as parcel_id, max(i) as expires_at, null as revoked_at from n");
        using var page = await away.App.Http.GetAsync("/s/" + new string('a', 32));
        page.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        page.Headers.RetryAfter.ShouldNotBeNull();
        (await page.Content.ReadAsStringAsync()).ShouldContain("暂时打不开");
        await away.DisposeAsync();
    }

    [Fact]
    public async Task What_a_core_writes_cannot_become_markup()
    {
        var (me, parcel, _) = await MyParcel();
        await app.Post("routes", ApiApp.Json(new
        {
            events = new[] { new { id = $"x-{parcel}", waybill = parcel, code = "held", time = app.Time(), city = "<b>城</b>", place = "<script>", text = "<img src=x onerror=alert(1)>" } },
        }));
        var page = await Page(await Share(me, parcel));
        page.Text.ShouldContain("&lt;b&gt;城&lt;/b&gt;");
        page.Text.ShouldNotContain("<img");
        page.Text.ShouldNotContain("<b>城");
    }

    private async Task<(HttpClient Me, string Parcel, string Phone)> MyParcel()
    {
        var phone = app.NewPhone();
        var parcel = await app.AParcel(recipient: phone);
        await app.Events(app.Event(parcel, "picked_up", -60, $"快件已由王师傅（电话：{CourierPhone}）揽收"), app.Event(parcel, "out_for_delivery", -5, $"派件员王师傅，电话：{CourierPhone}"));
        return (await app.ACustomer(phone), parcel, phone);
    }

    private static async Task<string> Share(HttpClient me, string parcel, int? hours = null)
    {
        var answer = await ApiApp.Send(me, HttpMethod.Post, $"parcels/{parcel}/share", new { expiresInHours = hours });
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        return new Uri(answer.Json.GetProperty("url").GetString()!).AbsolutePath;
    }

    private async Task<(HttpStatusCode Status, string Text)> Page(string path)
    {
        using var page = await app.App.Http.GetAsync(path);
        return (page.StatusCode, await page.Content.ReadAsStringAsync());
    }

    private static string Header(HttpResponseMessage page, string name) => string.Join(", ", page.Headers.GetValues(name));

    private static DateTimeOffset Expires(Answer answer) => DateTimeOffset.Parse(answer.Json.GetProperty("expiresAt").GetString()!, CultureInfo.InvariantCulture);
}
