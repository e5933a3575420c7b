using System.Net;
using System.Net.Http.Json;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Switch;

/// <summary>Who hears whom when more than two take part: a supervisor who listens, and two agents who speak about a customer. Everybody is known by the own tone.</summary>
public sealed class SpeakingAmongEachOther(SoundingTelephone telephone) : IClassFixture<SoundingTelephone>
{
    private const int Customer = 700, Agent = 500, Colleague = 900, Lead = 1200, LongTalk = 8000 * 90;

    [Fact]
    public async Task A_whisper_reaches_the_agent_alone_a_barge_all_and_who_listens_is_heard_by_nobody()
    {
        await using var lead = await TheLead();
        await using var phone = await Baresip.Registered("agent1001", "demo-1001", telephone.Address, Agent);
        using var agent = await telephone.SignedIn("agent1001");
        await using var caller = await Talks("13800138721", agent);
        var call = await TheCall("13800138721");
        await Listening.Tone(() => phone.Heard, Customer, "the agent");

        await Does(telephone.Supervisor, call, "listen", new { mode = "monitor" });
        await Listening.Together(() => lead.Heard, "the supervisor", Customer, Agent);
        await Listening.Tone(() => phone.Heard, Customer, "the agent still");
        await Listening.Tone(() => caller.Voice.Heard, Agent, "the customer still");

        var before = caller.Voice.Heard.Length;
        await Does(telephone.Supervisor, call, "listen", new { mode = "whisper" });
        await Listening.Together(() => phone.Heard, "the agent", Customer, Lead);
        await Listening.Together(() => lead.Heard, "the supervisor still", Customer, Agent);
        await Wait.Until(() => caller.Voice.Heard.Length > before + 12_000, "the customer hears more");
        Sounds.Share(caller.Voice.Heard.AsSpan(before), Lead).ShouldBeLessThan(0.001, "the customer hears nothing of what is whispered");

        await Does(telephone.Supervisor, call, "listen", new { mode = "barge" });
        await Listening.Together(() => caller.Voice.Heard, "the customer", Agent, Lead);
        await Listening.Together(() => phone.Heard, "the agent", Customer, Lead);
        await lead.HangUp();
        await Listening.Tone(() => caller.Voice.Heard, Agent, "the customer, without the supervisor,");
        await caller.HangUp();
        (await telephone.Record(call)).GetProperty("call").GetProperty("result").GetString().ShouldBe("completed");
    }

    [Fact]
    public async Task Two_agents_who_ask_each_other_may_hold_each_other_and_go_on_and_the_customer_hears_music_until_one_is_back()
    {
        await using var phone = await Baresip.Registered("agent1002", "demo-1002", telephone.Address, Agent);
        await using var other = await Baresip.Registered("agent1003", "demo-1003", telephone.Address, Colleague);
        using var agent = await telephone.SignedIn("agent1002");
        using var colleague = await telephone.SignedIn("agent1003");
        await using var caller = await Talks("13800138722", agent);
        var call = await TheCall("13800138722");
        (await colleague.PostAsync("/api/desk/v1/live/me/ready", null)).EnsureSuccessStatusCode();
        await Does(agent, call, "consult", new { target = "1003" });
        await Listening.Tone(() => phone.Heard, Colleague, "the agent");
        await Listening.Tone(() => other.Heard, Agent, "the colleague");
        await Listening.Music(() => caller.Voice.Heard, "the customer");

        await phone.Hold();
        await Listening.Music(() => other.Heard, "the colleague, who is held,");
        await other.Hold();
        await Listening.Music(() => caller.Voice.Heard, "the customer still");
        await phone.Resume();
        await other.Resume();
        await Listening.Music(() => caller.Voice.Heard, "the customer, as long as they ask each other,");

        await Does(agent, call, "transfer", new { target = "" });
        await Listening.Tone(() => caller.Voice.Heard, Colleague, "the customer");
        await caller.HangUp();
        Switchboard.Legs(await telephone.Record(call)).ShouldBe(["agent agent1002 hung_up_here", "caller  hung_up_there", "colleague agent1003 hung_up_here"]);
    }

    private async Task<Baresip> TheLead()
    {
        using var admin = await telephone.SignedIn("admin");
        (await admin.PutAsJsonAsync("/api/desk/v1/phones/supervisor", new { password = "the-lead-listens" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        return await Baresip.Registered("supervisor", "the-lead-listens", telephone.Address, Lead);
    }

    // Somebody who was put through to an agent, and speaks all the time.
    private async Task<RawCaller> Talks(string number, HttpClient agent)
    {
        var caller = await RawCaller.Calls(number, telephone.Port);
        caller.Voice.Press("0");
        await Listening.Music(() => caller.Voice.Heard, "who waits");
        (await agent.PostAsync("/api/desk/v1/live/me/ready", null)).EnsureSuccessStatusCode();
        await Listening.Tone(() => caller.Voice.Heard, Agent, "the customer");
        caller.Voice.Say(Sounds.Tone(Customer, LongTalk));
        return caller;
    }

    private async Task<string> TheCall(string number) =>
        (await telephone.Running()).Single(c => c.GetProperty("peerTail").GetString() == number[^4..]).GetProperty("id").GetString()!;

    private static async Task Does(HttpClient who, string call, string command, object body) =>
        (await who.PostAsJsonAsync($"/api/desk/v1/live/calls/{call}/{command}", body)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
}
