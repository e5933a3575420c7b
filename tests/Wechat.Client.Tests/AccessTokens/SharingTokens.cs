using Courier.Testing;
using Courier.Wechat.Client.AccessTokens;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Client.Tests.AccessTokens;

public class SharingTokens
{
    private const string StableToken = "/cgi-bin/stable_token";

    private static readonly GetUser AnyCall = new(Accounts.OpenId);
    private static readonly string Refused = """{"errcode":40001,"errmsg":"invalid credential, access_token is invalid or not latest rid: 66aa-77bb-88cc"}""";
    private static readonly string User = $$"""{"subscribe":1,"openid":"{{Accounts.OpenId}}"}""";

    [Fact]
    public async Task Two_hundred_refused_callers_in_three_processes_make_one_refresh()
    {
        await using var far = new FarWechat();
        var store = new MemoryTokenStore();
        var clients = Enumerable.Range(0, 3).Select(_ => far.Client(store)).ToList();
        far.Reply(seen => seen.Path == StableToken ? null : User);
        foreach (var client in clients) await client.SendAsync(Accounts.Plain, AnyCall);
        far.Count(StableToken).ShouldBe(1);

        // All two hundred hold the old token before the first of them is refused.
        var waiting = 0;
        var allAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        far.Answers = async seen =>
        {
            if (seen.Path == StableToken) return null;
            if (seen.Token != "TOKEN-1") return Results.Text(User, "application/json");
            if (Interlocked.Increment(ref waiting) == 200) allAsked.SetResult();
            await allAsked.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return Results.Text(Refused, "application/json");
        };
        var users = await Task.WhenAll(Enumerable.Range(0, 200).Select(number => clients[number % 3].SendAsync(Accounts.Plain, AnyCall)));

        users.ShouldAllBe(user => user.IsFollower);
        far.Count(StableToken).ShouldBe(2);   // the first one, and one refresh
        far.Requests.Count(seen => seen.Token == "TOKEN-2").ShouldBe(200);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(40014)]
    [InlineData(42001)]
    [InlineData(42007)]
    public async Task A_refused_token_is_replaced_and_the_call_repeated_exactly_once(int code)
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? null : $$"""{"errcode":{{code}},"errmsg":"no"}""");
        var error = await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, AnyCall));
        (error.Code, error.Reaction).ShouldBe((code, ErrorReaction.RefreshTokenOnce));
        far.Count("/cgi-bin/user/info").ShouldBe(2);
        far.Count(StableToken).ShouldBe(2);
    }

    [Fact]
    public async Task The_same_token_given_again_counts_as_another_so_that_nobody_refreshes_twice()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? """{"access_token":"SAME","expires_in":7200}""" : far.Count("/cgi-bin/user/info") <= 1 ? Refused : User);
        (await far.Client().SendAsync(Accounts.Plain, AnyCall)).IsFollower.ShouldBeTrue();
        far.Count(StableToken).ShouldBe(2);
    }

    [Fact]
    public async Task A_process_takes_the_token_that_another_has_already_renewed()
    {
        await using var far = new FarWechat();
        var store = new MemoryTokenStore();
        var first = far.Client(store);
        var second = far.Client(store);
        far.Reply(seen => seen.Path == StableToken ? null : seen.Token == "TOKEN-1" ? Refused : User);
        await first.SendAsync(Accounts.Plain, AnyCall);
        await second.SendAsync(Accounts.Plain, AnyCall);
        far.Count(StableToken).ShouldBe(2);
    }

    [Fact]
    public async Task A_token_is_renewed_five_to_ten_minutes_before_its_end()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? null : User);
        var clock = new FakeClock();
        var client = far.Client(clock: clock);
        await client.SendAsync(Accounts.Plain, AnyCall);

        clock.Advance(TimeSpan.FromSeconds(7200 - 601));
        await client.SendAsync(Accounts.Plain, AnyCall);
        far.Count(StableToken).ShouldBe(1);

        clock.Advance(TimeSpan.FromSeconds(302));
        await client.SendAsync(Accounts.Plain, AnyCall);
        await Until(() => far.Count(StableToken) == 2);
        await UntilUsed(far, client, "TOKEN-2");
        far.Count(StableToken).ShouldBe(2);
    }

    [Fact]
    public async Task While_the_old_token_lives_nobody_waits_for_the_new_one()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? null : User);
        var clock = new FakeClock();
        var client = far.Client(clock: clock);
        await client.SendAsync(Accounts.Plain, AnyCall);
        var release = new TaskCompletionSource<IResult?>(TaskCreationOptions.RunContinuationsAsynchronously);
        far.Answers = seen => seen.Path == StableToken ? release.Task : Task.FromResult<IResult?>(Results.Text(User, "application/json"));

        clock.Advance(TimeSpan.FromSeconds(7000));
        for (var call = 0; call < 5; call++) (await Used(far, client)).ShouldBe("TOKEN-1");
        await Until(() => far.Count(StableToken) == 2);
        (await Used(far, client)).ShouldBe("TOKEN-1");
        far.Count(StableToken).ShouldBe(2);   // one renewal, however many need it

        release.SetResult(null);
        await UntilUsed(far, client, "TOKEN-2");
    }

    private static async Task UntilUsed(FarWechat far, WechatClient client, string token)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (await Used(far, client) != token) deadline.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
    }

    private static async Task<string?> Used(FarWechat far, WechatClient client)
    {
        await client.SendAsync(Accounts.Plain, AnyCall).WaitAsync(TimeSpan.FromSeconds(30));
        return far.Requests.Last(seen => seen.Path != StableToken).Token;
    }

    [Fact]
    public void The_moment_of_renewal_is_spread_by_chance()
    {
        var now = DateTimeOffset.UnixEpoch;
        var token = new FetchedToken("T", TimeSpan.FromSeconds(7200));
        var moments = Enumerable.Range(0, 200).Select(_ => (token.At(now, 1, Randomness.Secure).RenewAt - now).TotalSeconds).ToList();
        moments.ShouldAllBe(second => second >= 6600 && second <= 6900);
        moments.Distinct().Count().ShouldBeGreaterThan(150);
        new FetchedToken("T", TimeSpan.FromSeconds(100)).At(now, 1, Randomness.Secure).RenewAt.ShouldBe(now.AddSeconds(75));
    }

    [Fact]
    public async Task While_renewing_fails_the_old_token_serves_to_its_last_second()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? null : User);
        var clock = new FakeClock();
        var lines = new Lines();
        var client = far.Client(clock: clock, logger: lines);
        await client.SendAsync(Accounts.Plain, AnyCall);
        far.Reply(seen => seen.Path == StableToken ? """{"errcode":45009,"errmsg":"reach max api daily quota limit"}""" : User);

        clock.Advance(TimeSpan.FromSeconds(7000));
        (await client.SendAsync(Accounts.Plain, AnyCall)).IsFollower.ShouldBeTrue();
        await Renewed(1);
        clock.Advance(TimeSpan.FromSeconds(199));
        (await client.SendAsync(Accounts.Plain, AnyCall)).IsFollower.ShouldBeTrue();
        far.Requests.Last(seen => seen.Path != StableToken).Token.ShouldBe("TOKEN-1");
        await Renewed(2);
        clock.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, AnyCall))).Code.ShouldBe(45009);

        // Nobody waits for a renewal beside a living token: time must not go on in the middle of one.
        Task Renewed(int times) => Wait.Until(() => lines.Count(line => line.StartsWith("Renewing", StringComparison.Ordinal)) == times, "the renewal failed");
    }

    [Fact]
    public async Task While_the_store_is_away_in_whatever_way_the_old_token_serves()
    {
        foreach (var fault in new Exception[] { new TimeoutException(), new IOException(), new System.Net.Sockets.SocketException() })
        {
            await using var far = new FarWechat();
            far.Reply(seen => seen.Path == StableToken ? null : User);
            var clock = new FakeClock();
            var store = new BreakingStore();
            var client = far.Client(store, clock);
            await client.SendAsync(Accounts.Plain, AnyCall);
            store.Fault = fault;
            clock.Advance(TimeSpan.FromSeconds(7000));
            (await client.SendAsync(Accounts.Plain, AnyCall)).IsFollower.ShouldBeTrue(fault.ToString());
        }
    }

    [Fact]
    public async Task A_wrong_secret_stops_and_is_not_asked_for_with_every_call()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? """{"errcode":40001,"errmsg":"invalid appsecret"}""" : User);
        var clock = new FakeClock();
        var client = far.Client(clock: clock);
        for (var call = 0; call < 5; call++)
            (await Should.ThrowAsync<WechatException>(client.SendAsync(Accounts.Plain, AnyCall))).Reaction.ShouldBe(ErrorReaction.StopAndAlert);
        far.Count(StableToken).ShouldBe(1);

        far.Reply(seen => seen.Path == StableToken ? null : User);
        clock.Advance(TimeSpan.FromSeconds(7));
        (await client.SendAsync(Accounts.Plain, AnyCall)).IsFollower.ShouldBeTrue();
    }

    [Fact]
    public async Task A_process_that_died_while_refreshing_blocks_the_others_only_until_its_lease_ends()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == StableToken ? null : User);
        var clock = new FakeClock();
        var store = new MemoryTokenStore();
        var dead = new TokenLease(0, "dead", clock.GetUtcNow(), clock.GetUtcNow().AddSeconds(30));
        (await store.TryAcquire(new TokenName(Accounts.Plain.AppId, TokenKind.AccessToken), dead, default)).ShouldBeTrue();

        var call = far.Client(store, clock).SendAsync(Accounts.Plain, AnyCall);
        for (var second = 0; second < 31; second++)
        {
            await Until(() => clock.Waiting > 0 || call.IsCompleted);
            (second < 30 && far.Count(StableToken) > 0).ShouldBeFalse();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        (await call).IsFollower.ShouldBeTrue();
        (await store.Save(new TokenName(Accounts.Plain.AppId, TokenKind.AccessToken), dead, new StoredToken("LATE", default, default, 1), default)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_end_the_refresh_of_the_others()
    {
        await using var far = new FarWechat();
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        far.Answers = async seen =>
        {
            if (seen.Path == StableToken) await release.Task.WaitAsync(TimeSpan.FromSeconds(30));
            return seen.Path == StableToken ? null : Results.Text(User, "application/json");
        };
        var client = far.Client();
        using var impatient = new CancellationTokenSource();
        var first = client.SendAsync(Accounts.Plain, AnyCall, impatient.Token);
        await Until(() => far.Count(StableToken) == 1);
        var second = client.SendAsync(Accounts.Plain, AnyCall);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        release.SetResult();

        (await second).IsFollower.ShouldBeTrue();
        far.Count(StableToken).ShouldBe(1);
    }

    [Fact]
    public async Task Pages_are_signed_with_one_shared_ticket()
    {
        await using var far = new FarWechat();
        var store = new MemoryTokenStore();
        var configs = await Task.WhenAll(Enumerable.Range(0, 40).Select(number =>
            far.Client(store).SignPageAsync(Accounts.Plain, $"https://h5.example/{number}#top")));
        far.Count("/cgi-bin/ticket/getticket").ShouldBe(1);
        far.Count(StableToken).ShouldBe(1);
        var config = configs[7];
        config.AppId.ShouldBe(Accounts.Plain.AppId);
        config.Signature.ShouldBe(Client.Crypto.JsApiSignature.Compute("TICKET-1", config.NonceStr, config.Timestamp.ToString(), "https://h5.example/7"));
    }

    [Fact]
    public void Tokens_do_not_show_themselves()
    {
        new StoredToken("secret-token", default, default, 3).ToString().ShouldNotContain("secret-token");
        new FetchedToken("secret-token", default).ToString().ShouldNotContain("secret-token");
        new IssuedToken("secret-token", 1).ToString().ShouldNotContain("secret-token");
        new JsApiTicket("secret-token", 1).ToString().ShouldNotContain("secret-token");
    }

    private static async Task Until(Func<bool> condition)
    {
        var deadline = System.Diagnostics.Stopwatch.StartNew();
        while (!condition())
        {
            deadline.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
    }

    private sealed class BreakingStore : ITokenStore
    {
        private readonly MemoryTokenStore _inner = new();

        public Exception? Fault { get; set; }

        public Task<StoredToken?> Load(TokenName name, CancellationToken ct) =>
            Fault is null ? _inner.Load(name, ct) : Task.FromException<StoredToken?>(Fault);

        public Task<bool> TryAcquire(TokenName name, TokenLease lease, CancellationToken ct) => _inner.TryAcquire(name, lease, ct);

        public Task<bool> Save(TokenName name, TokenLease lease, StoredToken token, CancellationToken ct) => _inner.Save(name, lease, token, ct);

        public Task Release(TokenName name, TokenLease lease, CancellationToken ct) => _inner.Release(name, lease, ct);
    }
}
