using System.Collections.Concurrent;
using Courier.Testing;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Client.Tests.Errors;

public class ReactingToErrors
{
    private const string TemplatePath = "/cgi-bin/message/template/send";

    private static readonly SendTemplate Template = new() { OpenId = "o1", TemplateId = "T", Data = new Dictionary<string, TemplateValue>() };
    private static readonly SendTemplate RepeatableTemplate = Template with { ClientMessageId = "m1" };
    private static readonly SendCustomMessage Custom = new("o1", new CustomText("您好"));

    [Theory]
    [InlineData(-1, ErrorReaction.BackOff)]
    [InlineData(40001, ErrorReaction.RefreshTokenOnce)]
    [InlineData(40003, ErrorReaction.Drop)]
    [InlineData(40007, ErrorReaction.NewMediaOnce)]
    [InlineData(40013, ErrorReaction.StopAndAlert)]
    [InlineData(40018, ErrorReaction.NeverRetry)]
    [InlineData(40029, ErrorReaction.LoginAgain)]
    [InlineData(40037, ErrorReaction.StopAndAlert)]
    [InlineData(40163, ErrorReaction.LoginAgain)]
    [InlineData(40226, ErrorReaction.Refuse)]
    [InlineData(43004, ErrorReaction.DropAndMarkUnreachable)]
    [InlineData(43101, ErrorReaction.FallBack)]
    [InlineData(45009, ErrorReaction.BreakCall)]
    [InlineData(45011, ErrorReaction.BackOff)]
    [InlineData(45015, ErrorReaction.FallBack)]
    [InlineData(45047, ErrorReaction.FallBack)]
    [InlineData(45081, ErrorReaction.Ignore)]
    [InlineData(47001, ErrorReaction.NeverRetry)]
    [InlineData(48001, ErrorReaction.StopAndAlert)]
    [InlineData(65405, ErrorReaction.NeverRetry)]
    [InlineData(89507, ErrorReaction.StopAndAlert)]
    [InlineData(9300529, ErrorReaction.NeverRetry)]
    [InlineData(12345678, ErrorReaction.Unknown)]
    public void The_table_names_the_reaction(int code, ErrorReaction reaction) => ErrorTable.Of(code).ShouldBe(reaction);

    [Fact]
    public async Task An_error_carries_code_call_rid_and_reaction()
    {
        var error = await Fail("""{"errcode":45015,"errmsg":"response out of time limit or subscription is canceled rid: 65f0a1b2-0c3d4e5f-6a7b8c9d"}""", Custom);
        (error.Code, error.Call, error.Rid, error.Reaction).ShouldBe((45015, "/cgi-bin/message/custom/send", "65f0a1b2-0c3d4e5f-6a7b8c9d", ErrorReaction.FallBack));
    }

    [Theory]
    [InlineData("invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist rid: 1234-5678", "203.0.113.7")]
    [InlineData("invalid ip ::ffff:203.0.113.7, not in whitelist", "203.0.113.7")]
    public async Task A_caller_off_the_white_list_learns_its_own_address(string message, string ip)
    {
        var error = await Fail($$"""{"errcode":40164,"errmsg":"{{message}}"}""", Custom);
        error.CallerIp.ShouldBe(ip);
        error.Message.ShouldContain($"Put {ip} on the IP white list");
    }

    [Fact]
    public async Task A_busy_WeChat_is_asked_again_only_where_that_is_safe()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path.Contains("token", StringComparison.Ordinal) ? null : """{"errcode":-1,"errmsg":"system error"}""");
        var clock = new ImpatientClock();
        var client = far.Client(clock: clock);

        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Custom))).Reaction.ShouldBe(ErrorReaction.Ambiguous);
        far.Count("/cgi-bin/message/custom/send").ShouldBe(1);
        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template))).Reaction.ShouldBe(ErrorReaction.Ambiguous);
        far.Count(TemplatePath).ShouldBe(1);
        clock.Pauses.ShouldBeEmpty();

        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, RepeatableTemplate))).Reaction.ShouldBe(ErrorReaction.BackOff);
        far.Count(TemplatePath).ShouldBe(5);
        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, new GetUser("o1")))).Code.ShouldBe(-1);
        far.Count("/cgi-bin/user/info").ShouldBe(4);

        clock.Pauses.Count.ShouldBe(6);
        foreach (var (pause, number) in clock.Pauses.Take(3).Select((pause, number) => (pause, number)))
            pause.TotalMilliseconds.ShouldBeInRange(100 << number, 300 << number);
    }

    [Fact]
    public async Task A_repetition_that_works_is_all_the_caller_sees()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path != TemplatePath ? null : far.Count(TemplatePath) < 3 ? """{"errcode":-1,"errmsg":"system error"}""" : """{"errcode":0,"errmsg":"ok","msgid":42}""");
        (await far.Client(clock: new ImpatientClock()).SendAsync(Accounts.Plain, RepeatableTemplate)).Msgid.ShouldBe(42);
        far.Requests.Where(seen => seen.Path == TemplatePath).Select(seen => seen.Body).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_to_a_sending_is_ambiguous_and_never_repeated()
    {
        foreach (var call in new WechatCall<Done>[] { Custom })
        {
            var (error, requests) = await Lose(call);
            (error.IsAmbiguous, requests).ShouldBe((true, 1));
        }
        var (template, sent) = await Lose(Template);
        (template.Reaction, template.Code, sent).ShouldBe((ErrorReaction.Ambiguous, null, 1));
    }

    [Fact]
    public async Task An_object_of_a_gateway_on_the_way_is_no_success()
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult<IResult?>(seen.Path.Contains("token", StringComparison.Ordinal)
            ? null : Results.Text("""{"message":"upstream timed out"}""", "application/json", statusCode: 502));
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, Custom))).Reaction.ShouldBe(ErrorReaction.Ambiguous);
    }

    [Fact]
    public async Task A_refused_token_of_a_customer_means_a_new_login()
    {
        await using var far = new FarWechat();
        far.Reply(_ => """{"errcode":42001,"errmsg":"access_token expired"}""");
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new RefreshOAuthToken("r")))).Reaction.ShouldBe(ErrorReaction.LoginAgain);
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new GetOAuthUser("t", "o1")))).Reaction.ShouldBe(ErrorReaction.LoginAgain);
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_where_that_is_safe()
    {
        var (error, requests) = await Lose(RepeatableTemplate);
        (error.Reaction, requests).ShouldBe((ErrorReaction.BackOff, 4));
        (error, requests) = await Lose(new GetUser("o1"));
        (error.Reaction, requests).ShouldBe((ErrorReaction.BackOff, 4));
    }

    [Fact]
    public async Task A_sending_that_got_no_answer_in_time_is_ambiguous()
    {
        await using var far = new FarWechat();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var never = new TaskCompletionSource<IResult?>();
        far.Answers = seen =>
        {
            if (seen.Path.Contains("token", StringComparison.Ordinal)) return Task.FromResult<IResult?>(null);
            asked.TrySetResult();
            return never.Task;
        };
        var clock = new FakeClock();
        var call = far.Client(clock: clock).SendAsync(Accounts.Plain, Custom);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30));
        clock.Advance(TimeSpan.FromSeconds(21));
        (await Should.ThrowAsync<WechatException>(call)).Reaction.ShouldBe(ErrorReaction.Ambiguous);
        never.SetResult(null);
    }

    [Fact]
    public async Task Without_a_token_nothing_was_sent_though_the_request_for_it_may_have_arrived()
    {
        await using var far = new FarWechat();
        far.Answers = _ => Task.FromResult<IResult?>(new BrokenConnection());
        var error = await Should.ThrowAsync<WechatException>(far.Client(clock: new ImpatientClock()).SendAsync(Accounts.Plain, Custom));
        (error.Reaction, error.MayHaveArrived).ShouldBe((ErrorReaction.BackOff, false));
    }

    [Fact]
    public async Task A_caller_that_gives_up_is_not_told_of_an_error()
    {
        await using var far = new FarWechat();
        using var stop = new CancellationTokenSource();
        far.Answers = async seen =>
        {
            if (!seen.Path.Contains("token", StringComparison.Ordinal)) await stop.CancelAsync();
            return null;
        };
        await Should.ThrowAsync<OperationCanceledException>(far.Client().SendAsync(Accounts.Plain, Custom, stop.Token));
    }

    [Fact]
    public async Task When_nothing_can_be_reached_nothing_was_sent()
    {
        await using var far = new FarWechat();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var nowhere = new WechatClientOptions { BaseAddress = _ => new Uri("http://127.0.0.1:1/") };
        var client = new WechatClient(http, new Client.AccessTokens.MemoryTokenStore(), nowhere, new ImpatientClock(), Microsoft.Extensions.Logging.Abstractions.NullLogger<WechatClient>.Instance);
        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Custom))).Reaction.ShouldBe(ErrorReaction.BackOff);
    }

    [Fact]
    public async Task A_used_up_quota_closes_the_call_until_the_next_minute_then_until_midnight_in_China()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":45009,"errmsg":"reach max api daily quota limit"}""" : null);
        var clock = new FakeClock(new DateTimeOffset(2026, 11, 22, 21, 59, 20, TimeSpan.FromHours(8)));
        var client = far.Client(clock: clock);
        var minute = new DateTimeOffset(2026, 11, 22, 22, 0, 0, TimeSpan.FromHours(8));
        var midnight = new DateTimeOffset(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(8));

        await Broken(minute);
        far.Count(TemplatePath).ShouldBe(1);
        clock.Advance(TimeSpan.FromSeconds(39));
        await Broken(minute);
        far.Count(TemplatePath).ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(1));
        await Broken(midnight);
        far.Count(TemplatePath).ShouldBe(2);   // the minute is over, the answer is the same: it is the day
        clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        await Broken(midnight);
        far.Count(TemplatePath).ShouldBe(2);

        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":0,"errmsg":"ok","msgid":1}""" : null);
        clock.Advance(TimeSpan.FromSeconds(1));
        (await client.SendAsync(Accounts.Plain, Template)).Msgid.ShouldBe(1);

        async Task Broken(DateTimeOffset until)
        {
            var error = await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template));
            (error.Reaction, error.BlockedUntil).ShouldBe((ErrorReaction.BreakCall, until));
        }
    }

    [Theory]
    [InlineData("api minute-quota reach limit, must slower, retry next minute", 1)]   // it says itself that it is the minute
    [InlineData("reach max api daily quota limit", 35)]                               // others may have used up the minute by then
    public async Task A_used_up_minute_is_not_taken_for_the_day(string message, int secondsIntoTheMinute)
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == TemplatePath ? $$"""{"errcode":45009,"errmsg":"{{message}}"}""" : null);
        var start = new DateTimeOffset(2026, 11, 22, 21, 59, 20, TimeSpan.FromHours(8));
        var clock = new FakeClock(start);
        var client = far.Client(clock: clock);
        for (var minute = 0; minute < 5; minute++)
        {
            var error = await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template));
            error.BlockedUntil.ShouldBe(start.AddSeconds(40).AddMinutes(minute));
            clock.Advance(error.BlockedUntil!.Value - clock.GetUtcNow() + TimeSpan.FromSeconds(secondsIntoTheMinute));
        }
        far.Count(TemplatePath).ShouldBe(5);
        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":0,"errmsg":"ok","msgid":1}""" : null);
        (await client.SendAsync(Accounts.Plain, Template)).Msgid.ShouldBe(1);
    }

    [Fact]
    public async Task A_minute_that_passed_is_forgotten_when_the_call_worked_again()
    {
        await using var far = new FarWechat();
        var used = true;
        far.Reply(seen => seen.Path != TemplatePath ? null : used ? """{"errcode":45009,"errmsg":"limit"}""" : """{"errcode":0,"errmsg":"ok","msgid":1}""");
        var clock = new FakeClock();
        var client = far.Client(clock: clock);
        for (var round = 0; round < 3; round++)
        {
            used = true;
            await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template));
            clock.Advance(TimeSpan.FromMinutes(1));
            used = false;
            (await client.SendAsync(Accounts.Plain, Template)).Msgid.ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_used_up_quota_touches_neither_other_calls_nor_other_accounts()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":45009,"errmsg":"limit"}""" : null);
        var client = far.Client(clock: new FakeClock());
        await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template));
        await client.SendAsync(Accounts.Plain, Custom);
        await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain with { AppId = "wxother0000000001" }, Template));
        far.Count(TemplatePath).ShouldBe(2);
    }

    [Fact]
    public async Task Operators_are_told_once_for_each_code()
    {
        await using var far = new FarWechat();
        var codes = new Queue<int>([48001, 48001, 12345678, 12345678, 45015]);
        far.Reply(seen => seen.Path.Contains("token", StringComparison.Ordinal) ? null : $$"""{"errcode":{{codes.Dequeue()}},"errmsg":"no rid: 1111-2222"}""");
        var alerts = new ConcurrentQueue<WechatAlert>();
        var client = far.Client(alert: alerts.Enqueue);
        while (codes.Count > 0) await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Custom));
        alerts.Select(alert => alert.Error.Code).ShouldBe([48001, 12345678]);
        alerts.ShouldAllBe(alert => alert.AppId == Accounts.Plain.AppId && alert.Error.Rid == "1111-2222");
    }

    [Fact]
    public async Task Trouble_that_comes_back_after_the_call_had_worked_is_told_again()
    {
        await using var far = new FarWechat();
        var refused = true;
        far.Reply(seen => seen.Path.Contains("custom", StringComparison.Ordinal) && refused ? """{"errcode":48001,"errmsg":"api unauthorized"}""" : null);
        var alerts = new ConcurrentQueue<WechatAlert>();
        var clock = new FakeClock();
        var client = far.Client(clock: clock, alert: alerts.Enqueue);

        await Refused();
        clock.Advance(TimeSpan.FromHours(3));
        await Refused();
        await client.SendAsync(Accounts.Plain, Template);
        await Refused();
        alerts.Count.ShouldBe(1, "it has not worked since, and what other calls do does not matter");

        await Works();
        await Refused();
        alerts.Count.ShouldBe(2);
        await Works();
        await Refused();
        alerts.Count.ShouldBe(2, "what comes and goes is told once an hour");
        clock.Advance(TimeSpan.FromHours(1));
        await Refused();
        alerts.Count.ShouldBe(3);

        async Task Refused()
        {
            refused = true;
            await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Custom));
        }

        Task Works()
        {
            refused = false;
            return client.SendAsync(Accounts.Plain, Custom);
        }
    }

    [Fact]
    public async Task Every_attempt_that_failed_is_told_also_those_that_are_repeated()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path != TemplatePath ? null : far.Count(TemplatePath) < 3 ? """{"errcode":-1,"errmsg":"system error"}""" : """{"errcode":0,"errmsg":"ok","msgid":42}""");
        var failed = new ConcurrentQueue<FailedAttempt>();
        await far.Client(clock: new ImpatientClock(), adapt: options => options with { Failed = failed.Enqueue }).SendAsync(Accounts.Plain, RepeatableTemplate);
        failed.Select(attempt => (attempt.AppId, attempt.Error.Call, attempt.Error.Reaction)).ShouldBe(
            [(Accounts.Plain.AppId, TemplatePath, ErrorReaction.BackOff), (Accounts.Plain.AppId, TemplatePath, ErrorReaction.BackOff)]);
    }

    [Fact]
    public async Task An_account_is_stopped_from_the_first_refusal_until_that_call_works()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":48001,"errmsg":"api unauthorized"}""" : null);
        var stops = new ConcurrentQueue<AccountStop>();
        var client = far.Client(adapt: options => options with { Stopped = stops.Enqueue });
        for (var i = 0; i < 3; i++) await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, Template));
        await client.SendAsync(Accounts.Plain, Custom);
        stops.ShouldBe([new AccountStop(Accounts.Plain.AppId, 48001, true)]);

        far.Reply(seen => seen.Path == TemplatePath ? """{"errcode":0,"errmsg":"ok","msgid":1}""" : null);
        for (var i = 0; i < 3; i++) await client.SendAsync(Accounts.Plain, Template);
        stops.ShouldBe([new AccountStop(Accounts.Plain.AppId, 48001, true), new AccountStop(Accounts.Plain.AppId, 48001, false)]);
    }

    [Theory]
    [InlineData(200, ErrorReaction.Ambiguous)]
    [InlineData(502, ErrorReaction.Ambiguous)]
    [InlineData(404, ErrorReaction.Unknown)]
    public async Task A_page_of_some_gateway_is_not_an_answer(int status, ErrorReaction reaction)
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path.Contains("token", StringComparison.Ordinal) ? null : Results.Text("<html>", "text/html", statusCode: status));
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, Custom))).Reaction.ShouldBe(reaction);
    }

    [Fact]
    public async Task An_answer_without_what_was_promised_is_an_error_that_nobody_knows()
    {
        var error = await Fail("""{"errcode":0,"errmsg":"ok"}""", new GetUser("o1"));
        (error.Code, error.Reaction).ShouldBe((null, ErrorReaction.Unknown));
    }

    [Fact]
    public async Task Neither_logs_nor_errors_ever_hold_a_token_a_secret_or_an_address()
    {
        await using var far = new FarWechat();
        var told = new Lines();
        var client = far.Client(clock: new ImpatientClock(), logger: told);
        foreach (var answer in new[] { """{"errcode":40001,"errmsg":"no"}""", """{"errcode":-1,"errmsg":"busy"}""", "<html>", "" })
        {
            far.Reply(seen => seen.Path.Contains("token", StringComparison.Ordinal) ? null : answer);
            told.Enqueue((await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, new GetUser("o1")))).ToString());
            told.Enqueue((await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, new ExchangeOAuthCode("code-of-login")))).ToString());
        }
        told.Count.ShouldBeGreaterThan(8);
        foreach (var secret in new[] { "TOKEN-", Accounts.Plain.Secret, "access_token=", "code-of-login", "http://" })
            told.ShouldAllBe(line => !line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<WechatException> Fail<T>(string answer, WechatCall<T> call)
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path.Contains("token", StringComparison.Ordinal) ? null : answer);
        return await Should.ThrowAsync<WechatException>(far.Client(clock: new ImpatientClock()).SendAsync(Accounts.Plain, call));
    }

    // The connection breaks after the request arrived: perhaps it was done.
    private static async Task<(WechatException Error, int Requests)> Lose<T>(WechatCall<T> call)
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path.Contains("token", StringComparison.Ordinal) ? null : (IResult?)new BrokenConnection());
        var error = await Should.ThrowAsync<WechatException>(far.Client(clock: new ImpatientClock()).SendAsync(Accounts.Plain, call));
        return (error, far.Requests.Count(seen => !seen.Path.Contains("token", StringComparison.Ordinal)));
    }

    private sealed class BrokenConnection : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Abort();
            return Task.CompletedTask;
        }
    }
}
