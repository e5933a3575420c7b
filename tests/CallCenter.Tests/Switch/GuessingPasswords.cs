using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Courier.CallCenter.Switch;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Somebody at another address who guesses passwords and calls without end; a UDP socket that says what the test wants. The clock stands still, so that no allowance comes back.</summary>
[Collection(SwitchboardTests.Name)]
public sealed class GuessingPasswords(Switchboard office)
{
    private const int FailuresUntilBan = 20, Burst = 50;

    [Fact]
    public async Task After_twenty_guesses_an_address_is_not_heard_and_telephones_and_callers_elsewhere_notice_nothing()
    {
        using var stranger = RawCaller.Bound(IPAddress.Parse("127.0.0.2"));
        for (var guess = 1; guess <= FailuresUntilBan; guess++) (await Asked(stranger, "REGISTER", guess)).ShouldBe(401);
        await Send(stranger, "REGISTER", FailuresUntilBan + 1);
        await OthersAreServed("13800138341");
        stranger.Available.ShouldBe(0, "whoever guessed came before those who were served, and was not answered");
    }

    [Fact]
    public async Task Of_a_flood_of_calls_only_the_allowance_is_answered_and_others_are_served_meanwhile()
    {
        using var stranger = RawCaller.Bound(IPAddress.Parse("127.0.0.3"));
        for (var call = 1; call <= Burst * 4; call++) await Send(stranger, "INVITE", call);
        await OthersAreServed("13800138342");
        var buffer = new byte[8192];
        var answered = new HashSet<string>();
        while (stranger.Available > 0)
        {
            var answer = Encoding.ASCII.GetString(buffer, 0, await stranger.ReceiveAsync(buffer));
            if (Status(answer) >= 200) answered.Add(answer.Split("Call-ID: ")[1].Split("\r\n")[0]);
        }
        answered.Count.ShouldBeInRange(1, Burst);
    }

    // A telephone registers, and a customer is answered.
    private async Task OthersAreServed(string number)
    {
        using (var telephone = office.Sipp("agent1004", new SippScenario().Register("agent1004", "demo-1004"))) (await telephone.EndAsync()).ShouldBe(0, telephone.Said);
        using (var customer = office.Sipp("95300", new SippScenario().From($"sip:{number}@carrier.example").Invite().ExpectRinging().Expect(200).Ack().Bye().Expect(200)))
            (await customer.EndAsync()).ShouldBe(0, customer.Said);
        office.Unregister("agent1004");
        await Wait.Until(() => office.App.Get<Calls>().Count == 0 && office.App.Get<Exchange>().Media.OpenLegs == 0, "no call and no voice is left");
    }

    private async Task<int> Asked(Socket from, string method, int number)
    {
        await Send(from, method, number);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[8192];
        return Status(Encoding.ASCII.GetString(buffer, 0, await from.ReceiveAsync(buffer, limit.Token)));
    }

    private async Task Send(Socket from, string method, int number)
    {
        var place = (IPEndPoint)from.LocalEndPoint!;
        string[] lines =
        [
            $"{method} sip:{(method == "INVITE" ? "0085212345678@" : "")}courier.local SIP/2.0", $"Via: SIP/2.0/UDP {place};branch=z9hG4bKguess{place.Port}x{number};rport", "Max-Forwards: 70", "From: <sip:agent1001@courier.local>;tag=g",
            method == "INVITE" ? "To: <sip:0085212345678@courier.local>" : "To: <sip:agent1001@courier.local>", $"Call-ID: guess-{place.Port}-{number}", $"CSeq: 1 {method}", $"Contact: <sip:agent1001@{place}>",
            method == "INVITE" ? "" : $"Authorization: Digest username=\"agent1001\", realm=\"courier.local\", nonce=\"n\", uri=\"sip:courier.local\", algorithm=MD5, response=\"{number:x32}\"", "Content-Length: 0",
        ];
        await from.SendToAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines.Where(l => l.Length > 0)) + "\r\n\r\n"), IPEndPoint.Parse(office.Address));
    }

    private static int Status(string answer) => int.Parse(answer.AsSpan(8, 3), CultureInfo.InvariantCulture);
}
