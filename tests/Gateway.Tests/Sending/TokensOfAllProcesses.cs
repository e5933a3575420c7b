using Courier.Kernel.Data;
using Courier.Testing;
using Courier.Wechat.Client.AccessTokens;

namespace Courier.Gateway.Tests.Sending;

/// <summary>The store of tokens has to keep what the client relies on, on both databases.</summary>
public abstract class TokensOfAllProcesses : IAsyncLifetime
{
    private static readonly TokenName Name = new("wxtokens", TokenKind.AccessToken);
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);

    private CourierApp _app = null!;

    private ITokenStore Store => _app.Get<ITokenStore>();

    protected abstract Task<string?> Database();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await Database() });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_token_is_saved_under_the_next_version_and_never_in_the_clear()
    {
        (await Store.Load(Name, default)).ShouldBeNull();
        (await Store.TryAcquire(Name, Lease(0, "a"), default)).ShouldBeTrue();
        (await Store.Save(Name, Lease(0, "a"), Token("first-token", 1), default)).ShouldBeTrue();
        (await Store.Load(Name, default)).ShouldBe(Token("first-token", 1));
        (await _app.Get<Db>().First<string>("select value_cipher from wechat_tokens where app_id = 'wxtokens'"))!.ShouldNotContain("first-token");
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_the_right_to_refresh()
    {
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Store.TryAcquire(Name, Lease(0, $"o{i}"), default)));
        asked.Count(got => got).ShouldBe(1);
    }

    [Fact]
    public async Task A_lease_for_an_old_version_is_refused_and_a_late_save_changes_nothing()
    {
        await Store.TryAcquire(Name, Lease(0, "slow"), default);
        var later = Now + TimeSpan.FromMinutes(1); // the slow one's lease is over
        (await Store.TryAcquire(Name, Lease(0, "quick", later), default)).ShouldBeTrue();
        (await Store.Save(Name, Lease(0, "quick", later), Token("quick", 1), default)).ShouldBeTrue();
        (await Store.Save(Name, Lease(0, "slow"), Token("slow", 1), default)).ShouldBeFalse();
        (await Store.TryAcquire(Name, Lease(0, "third", later), default)).ShouldBeFalse();
        (await Store.Load(Name, default))!.Value.ShouldBe("quick");
    }

    [Fact]
    public async Task A_lease_is_given_back_by_its_owner_only()
    {
        await Store.TryAcquire(Name, Lease(0, "a"), default);
        await Store.Release(Name, Lease(0, "b"), default);
        (await Store.TryAcquire(Name, Lease(0, "c"), default)).ShouldBeFalse();
        await Store.Release(Name, Lease(0, "a"), default);
        (await Store.TryAcquire(Name, Lease(0, "c"), default)).ShouldBeTrue();
    }

    private static TokenLease Lease(long version, string owner, DateTimeOffset? now = null) => new(version, owner, now ?? Now, (now ?? Now) + TimeSpan.FromSeconds(30));

    private static StoredToken Token(string value, long version) => new(value, Now + TimeSpan.FromHours(1), Now + TimeSpan.FromHours(2), version);

    public sealed class OnSqlite : TokensOfAllProcesses
    {
        protected override Task<string?> Database() => Task.FromResult<string?>(null);
    }

    public sealed class OnMariaDb : TokensOfAllProcesses
    {
        protected override async Task<string?> Database() => await MariaDb.NewDatabase();
    }
}
