using System.Net;
using Courier.Sip.Transport;
using Courier.Testing;

namespace Courier.Sip.Tests.Transport;

public sealed class LimitingSources
{
    private static readonly IPAddress Phone = IPAddress.Parse("192.0.2.7");

    private readonly FakeClock _clock = new();

    [Fact]
    public void Tokens_come_back_with_time()
    {
        var limits = new SourceLimits(new SourceLimitOptions { PerSecond = 2, Burst = 3 }, _clock);
        Taken(limits, Phone, 10).ShouldBe(3);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Taken(limits, Phone, 10).ShouldBe(2);
        _clock.Advance(TimeSpan.FromHours(1));
        Taken(limits, Phone, 10).ShouldBe(3);
        Taken(limits, IPAddress.Parse("192.0.2.8"), 10).ShouldBe(3, "another address has its own");
    }

    [Fact]
    public void Trusted_networks_have_no_limit()
    {
        var limits = new SourceLimits(new SourceLimitOptions { Burst = 1, FailuresUntilBan = 1, Trusted = [IPNetwork.Parse("192.0.2.0/24")] }, _clock);
        Taken(limits, Phone, 100).ShouldBe(100);
        limits.Failed(Phone);
        limits.IsBanned(Phone).ShouldBeFalse();
    }

    [Fact]
    public void Failed_authentications_in_a_row_shut_an_address_out_for_a_while()
    {
        var limits = new SourceLimits(new SourceLimitOptions { FailuresUntilBan = 3, Ban = TimeSpan.FromMinutes(5) }, _clock);
        limits.Failed(Phone);
        limits.Failed(Phone);
        limits.Succeeded(Phone);
        limits.Failed(Phone);
        limits.Failed(Phone);
        limits.IsBanned(Phone).ShouldBeFalse();
        limits.Failed(Phone);
        limits.IsBanned(Phone).ShouldBeTrue();
        _clock.Advance(TimeSpan.FromMinutes(5));
        limits.IsBanned(Phone).ShouldBeFalse();
    }

    [Fact]
    public void Many_addresses_do_not_fill_the_memory_nor_free_who_is_shut_out()
    {
        var limits = new SourceLimits(new SourceLimitOptions { Burst = 1, FailuresUntilBan = 1 }, _clock);
        limits.Failed(Phone);
        for (var i = 0; i < SourceLimits.MostSources * 2; i++) limits.TryTake(new IPAddress(i + 1)).ShouldBeTrue();
        limits.IsBanned(Phone).ShouldBeTrue();
        limits.Remembered.ShouldBeLessThanOrEqualTo(SourceLimits.MostSources);
    }

    private static int Taken(SourceLimits limits, IPAddress address, int times) => Enumerable.Range(0, times).Count(_ => limits.TryTake(address));
}
