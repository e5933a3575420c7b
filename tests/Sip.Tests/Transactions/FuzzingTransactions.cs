using Courier.Sip.Messages;
using Courier.Sip.Tests.Messages;
using Courier.Sip.Transactions;

namespace Courier.Sip.Tests.Transactions;

/// <summary>Requests, responses, repetitions and broken ways in any order: nothing throws, and nothing is left when it is quiet.</summary>
public sealed class FuzzingTransactions
{
    private static readonly string[] Methods = ["INVITE", "INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UNHEARD"];
    private static readonly int[] Statuses = [100, 180, 183, 200, 200, 302, 401, 486, 503, 603];

    [Theory]
    [InlineData(1, "UDP")]
    [InlineData(2, "UDP")]
    [InlineData(3, "TCP")]
    public void Leave_nothing_behind(int seed, string transport)
    {
        var random = new Random(seed);
        using var stage = new Stage { Flow = new NotedFlow(transport) };
        List<Incoming> open = [];
        List<SipRequest> ours = [];
        for (var i = 0; i < 4000; i++)
        {
            stage.Flow.IsBroken = random.Next(50) == 0;
            switch (random.Next(5))
            {
                case 0:
                    ours.Add(stage.Layer.Send(Ours(Methods[random.Next(3) == 0 ? 4 : 0], i), stage.Flow, stage).Request);
                    break;
                case 1 when ours.Count > 0:
                    stage.Layer.Receive(ours[^random.Next(1, Math.Min(20, ours.Count) + 1)].Answer(Statuses[random.Next(Statuses.Length)], "t" + random.Next(3)), stage.Flow);
                    break;
                case 2 when open.Count > 0:
                    var asked = open[^random.Next(1, Math.Min(20, open.Count) + 1)];
                    asked.Respond(asked.Request.Answer(Statuses[random.Next(Statuses.Length)], "us"));
                    break;
                case 3:
                    stage.Clock.Advance(TimeSpan.FromMilliseconds(random.Next(300)));
                    break;
                default:
                    stage.Comes(Methods[random.Next(Methods.Length)], "z9hG4bK" + (i / 10 + random.Next(4)), random.Next(2) == 0 ? ";tag=us" : "");
                    if (stage.Last is not null && !open.Contains(stage.Last)) open.Add(stage.Last);
                    break;
            }
        }
        stage.Flow.IsBroken = false;
        foreach (var asked in open) asked.Respond(asked.Request.Answer(480, "us"));
        // Provisional answers stop our INVITEs from giving up; that is for the layer above, which has its own limit.
        foreach (var request in ours) stage.Layer.Receive(request.Answer(480, "them"), stage.Flow);
        stage.Clock.Advance(TimeSpan.FromSeconds(70));
        (stage.Layer.Count, stage.Wheel.Running).ShouldBe((0, 0));
    }

    private static SipRequest Ours(string method, int number)
    {
        var request = Wire.Request($"{method} sip:li@example.com SIP/2.0\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\nFrom: <sip:z@h>;tag=us\nTo: <sip:li@example.com>\nCall-ID: c{number}\nCSeq: 1 {method}\n\n");
        request.Vias.Clear();
        return request;
    }
}
