using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;
using Courier.Testing;

namespace Courier.Sip.Tests.Peers;

/// <summary>SIPp, which others have written, as the peer (Debian's sip-tester).</summary>
public sealed class TalkingToSipp : IDisposable
{
    private readonly SwitchBoard _board = new();

    public void Dispose() => _board.Dispose();

    [Theory]
    [InlineData("UDP", "u1")]
    [InlineData("TCP", "t1")]
    public async Task Its_calls_are_answered_and_hung_up(string transport, string mode)
    {
        using var sipp = Start("-sn", "uac", "-t", mode, "-m", "60", "-r", "60", "-d", "200", Address(transport));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        await Wait.Until(() => _board.Agent.Legs == 0, "every leg is over");
        _board.Heard.Count(h => h == "answered").ShouldBe(60);
        _board.Heard.Count(h => h == "ended HungUpThere").ShouldBe(60);
    }

    [Theory]
    [InlineData("UDP", "u1")]
    [InlineData("TCP", "t1")]
    public async Task It_answers_our_calls(string transport, string mode)
    {
        var port = PeerProgram.FreePort();
        using var sipp = Start("-sn", "uas", "-t", mode, "-m", "1", "-p", port.ToString(CultureInfo.InvariantCulture));
        var parameters = SipParameters.None.With("transport", transport.ToLowerInvariant());
        // SIPp does not say when it listens; a call that finds nobody is made again.
        await Wait.Until(async () =>
        {
            var leg = _board.Agent.Dial(new Dialing
            {
                Target = new SipUri("sip", "service", "127.0.0.1", port, parameters), From = new NameAddr(new SipUri("sip", "desk", "127.0.0.1")), Description = SwitchBoard.Description,
            }, _board);
            await Wait.Until(() => leg.State is LegState.Confirmed or LegState.Ended, "the call is answered or not");
            if (leg.State == LegState.Ended) return false;
            leg.HangUp();
            return true;
        }, "SIPp listens");
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        await Wait.Until(() => _board.Agent.Legs == 0, "every leg is over");
        _board.Heard.ShouldContain("answered");
        _board.Heard.ShouldContain("ended HungUpHere");
    }

    [Theory]
    [InlineData("UDP", "u1")]
    [InlineData("TCP", "t1")]
    public async Task It_registers_with_credentials(string transport, string mode)
    {
        using var sipp = Start("-sf", Path.Combine(AppContext.BaseDirectory, "Peers", "Scenarios", "register.xml"), "-t", mode, "-m", "1", Address(transport));
        (await sipp.EndAsync()).ShouldBe(0, sipp.Said);
        var binding = _board.Registrar.Find("sip:1001@courier").ShouldHaveSingleItem();
        binding.Flow.Transport.ShouldBe(transport);
    }

    private string Address(string transport) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_board.Port(transport)}");

    private static PeerProgram Start(params string[] arguments) =>
        PeerProgram.Start("sipp", PeerProgram.NewDirectory(), [.. arguments, "-i", "127.0.0.1", "-nostdin", "-timeout", "40", "-timeout_error", "-trace_err"]);
}
