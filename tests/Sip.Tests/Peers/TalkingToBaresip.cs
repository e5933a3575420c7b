using System.Globalization;
using Courier.Sip.Dialogs;
using Courier.Sip.Messages;
using Courier.Testing;

namespace Courier.Sip.Tests.Peers;

/// <summary>baresip, a telephone that others have written, over TLS (Debian's baresip-core).</summary>
public sealed class TalkingToBaresip
{
    [Fact]
    public async Task It_registers_over_TLS_and_is_called_over_the_same_connection()
    {
        using var board = new SwitchBoard();
        var directory = PeerProgram.NewDirectory();
        File.WriteAllText(Path.Combine(directory, "config"), BaresipConfig.Of(400));
        File.WriteAllText(Path.Combine(directory, "contacts"), "");
        File.WriteAllText(Path.Combine(directory, "accounts"),
            string.Create(CultureInfo.InvariantCulture, $"<sip:1001@127.0.0.1:{board.Port("TLS")};transport=tls>;auth_pass=secret;regint=60;answermode=auto\n"));
        using var baresip = PeerProgram.Start("baresip", directory, "-v", "-s", "-f", directory, "-t", "60");

        await Wait.Until(() => board.Registrar.Count == 1 || baresip.Said.Contains("Register:"), "baresip registers or says why not");
        var phone = board.Registrar.Find("sip:1001@127.0.0.1").ShouldHaveSingleItem(baresip.Said);
        phone.Flow.Transport.ShouldBe("TLS", baresip.Said);

        var leg = board.Agent.Dial(new Dialing
        {
            Target = phone.Contact.Uri, Flow = phone.Flow, From = new NameAddr("快递热线", new SipUri("sip", "95338", "127.0.0.1"), SipParameters.None), Description = SwitchBoard.Description,
        }, board);
        await Wait.Until(() => leg.State is LegState.Confirmed or LegState.Ended, "the phone answers by itself");
        leg.State.ShouldBe(LegState.Confirmed, baresip.Said);
        leg.Offer(SwitchBoard.Description);
        await Wait.Until(() => board.Heard.Contains("offer answered"), "the phone takes a change of the session");
        leg.HangUp("Q.850;cause=16");
        await Wait.Until(() => board.Agent.Legs == 0, "the call is over");
        board.Heard.ShouldBe(["answered", "offer answered", "ended HungUpHere"]);
        board.Agent.Transport.Connections.ShouldBe(1);
    }
}
