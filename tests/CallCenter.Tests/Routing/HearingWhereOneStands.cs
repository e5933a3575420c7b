using Courier.CallCenter.Agents;
using Courier.CallCenter.Routing;
using Courier.Services.Staff;
using Courier.Testing;
using QueueTexts = Courier.CallCenter.Routing.Texts;

namespace Courier.CallCenter.Tests.Routing;

public sealed class HearingWhereOneStands : IAsyncLifetime
{
    private CallFloor _floor = null!;

    public async Task InitializeAsync() => _floor = await CallFloor.Open();

    public async Task DisposeAsync() => await _floor.DisposeAsync();

    [Fact]
    public async Task Place_and_wait_are_said_on_joining_and_again_after_music_until_an_agent_answers()
    {
        var agent = await Busy("agent1001");
        var ahead = _floor.Join();
        _floor.Pass(1); // of two at one instant nobody can say who was first
        var (line, entry, stop, program) = Start();
        await Wait.Until(() => line.HasMusic && line.IsListening, "music plays");
        line.Said.ShouldBe(["欢迎致电，请稍候。", "您前面还有一位客户，预计等待大约六分钟。如果不想等候，请按一，我们会按您现在的顺序给您回电；需要留言，请按二；继续等候，请不要挂机。"]);
        ahead.Leave(QueueLeft.Abandoned);
        _floor.Clock.Advance(TimeSpan.FromSeconds(45));
        await Wait.Until(() => line.Said.Count == 3 && line.HasMusic && line.IsListening, "it is said again");
        line.Said[2].ShouldStartWith("您是下一位，马上为您接通，请稍候。");
        _floor.Board.TalkEnded(agent, "first");
        var reservation = await entry.NextAgent(default);
        line.HasMusic.ShouldBeTrue();
        reservation.Answered().ShouldBeTrue();
        await stop.CancelAsync();
        (await program).ShouldBe(QueueOutcome.Stopped);
        line.HasMusic.ShouldBeFalse();
    }

    [Fact]
    public async Task An_announcement_is_cut_off_the_moment_an_agent_answers()
    {
        await Busy("agent1001");
        var (line, _, stop, program) = Start(speaksForEver: true);
        await Wait.Until(() => line.Said.Count == 1, "something is being said");
        await stop.CancelAsync();
        (await program).ShouldBe(QueueOutcome.Stopped);
    }

    [Fact]
    public async Task Key_1_keeps_the_place_for_a_call_back()
    {
        await Busy("agent1001");
        var (line, entry, _, program) = Start();
        await Wait.Until(() => line.HasMusic && line.IsListening, "music plays");
        _floor.Pass(30);
        var later = _floor.Join();
        line.Press("1");
        (await program).ShouldBe(QueueOutcome.CallBack);
        (entry.Left, line.Said[^1]).ShouldBe((QueueLeft.CallBack, QueueTexts.CallBackTaken));
        var kept = _floor.CallBacks.Mine.ShouldHaveSingleItem();
        (kept.CallId, kept.Since, kept.Phone.Text, kept.Queue).ShouldBe((entry.CallId, entry.Ticket.Since, "13800001111", "main"));
        later.Position.ShouldBe(1, "until somebody can dial, nobody waits for the place");
        _floor.CallBacks.DialBy(new Dialling(_ => Task.FromResult(CallBackResult.Connected)));
        await Wait.Until(() => later.Position == 2, "the call-back is in its place again");
    }

    [Fact]
    public async Task Key_2_leads_to_the_voicemail_and_other_keys_nowhere()
    {
        await Busy("agent1001");
        var (line, entry, _, program) = Start();
        await Wait.Until(() => line.HasMusic && line.IsListening, "music plays");
        line.Press("7");
        await Wait.Until(() => line.Said.Count == 3 && line.HasMusic && line.IsListening, "it is said again");
        line.Press("2");
        (await program, entry.Left).ShouldBe((QueueOutcome.Voicemail, QueueLeft.Voicemail));
    }

    [Fact]
    public async Task Without_a_number_to_call_only_the_voicemail_is_offered()
    {
        await Busy("agent1001");
        var (line, entry, _, program) = Start(phone: null);
        await Wait.Until(() => line.HasMusic && line.IsListening, "music plays");
        line.Said[^1].ShouldEndWith(QueueTexts.OfferVoicemail);
        line.Press("1");
        await Wait.Until(() => line.Said.Count == 3 && line.HasMusic && line.IsListening, "it is said again");
        entry.Left.ShouldBeNull();
        line.HangUp();
        await Should.ThrowAsync<OperationCanceledException>(() => program);
    }

    [Fact]
    public async Task Who_is_not_let_in_is_told_why_and_may_be_called_back()
    {
        var (line, entry, _, program) = Start();
        await Wait.Until(() => line.IsListening, "it is said");
        line.Said[0].ShouldBe(QueueTexts.NobodyThere + QueueTexts.RefusedChoiceBoth);
        _floor.Clock.Advance(TimeSpan.FromSeconds(8));
        (await program, entry.Left, line.Said[^1]).ShouldBe((QueueOutcome.Goodbye, QueueLeft.Unstaffed, QueueTexts.Goodbye));

        _floor.Clock.Advance(TimeSpan.FromHours(13)); // 23:00
        var (late, lateEntry, _, lateProgram) = Start();
        await Wait.Until(() => late.Said.Count == 1, "it is said");
        late.Said[0].ShouldStartWith(QueueTexts.AfterHours);
        late.Press("1");
        (await lateProgram, lateEntry.Left).ShouldBe((QueueOutcome.CallBack, QueueLeft.CallBack));
    }

    [Fact]
    public async Task Who_has_waited_too_long_is_told_and_an_agent_who_is_free_just_then_still_comes()
    {
        var agent = await Busy("agent1001");
        _floor.Rule(q => q with { MaxWait = TimeSpan.FromSeconds(50) });
        var (line, entry, stop, program) = Start();
        await Wait.Until(() => line.HasMusic && line.IsListening, "music plays");
        _floor.Pass(50);
        await Wait.Until(() => line.Said[^1].StartsWith(QueueTexts.TooLong, StringComparison.Ordinal), "it is said");
        _floor.Board.TalkEnded(agent, "first");
        (await entry.NextAgent(default)).Answered().ShouldBeTrue();
        await stop.CancelAsync();
        (await program, entry.Left).ShouldBe((QueueOutcome.Stopped, QueueLeft.Answered));
    }

    [Theory]
    [InlineData("5:400 4:300 3:200 1:0", "您前面还有四位客户，预计等待大约七分钟。|您前面还有三位客户，预计等待大约五分钟。|您前面还有两位客户，预计等待大约四分钟。|您是下一位，马上为您接通，请稍候。")]
    [InlineData("2:100 2:90", "您前面还有一位客户，预计等待不到两分钟。|您前面还有一位客户，预计等待不到两分钟。")]
    [InlineData("3:200 4:100 3:600 2:150", "您前面还有两位客户，预计等待大约四分钟。|坐席正在为其他客户服务，请您继续等候。|您前面还有两位客户，请您继续等候。|您前面还有一位客户，预计等待大约三分钟。")]
    [InlineData("9:1300 8:2000 7:", "您前面还有八位客户，预计等待大约二十五分钟。|您前面还有七位客户，请您继续等候。|您前面还有六位客户，请您继续等候。")]
    [InlineData("50:5000", "您前面还有四十九位客户，预计等待半小时以上。")]
    public void No_number_rises(string told, string expected)
    {
        var words = new PlaceWords();
        var said = told.Split(' ').Select(t => t.Split(':')).Select(t => words.Next(int.Parse(t[0], null), t[1].Length == 0 ? null : TimeSpan.FromSeconds(int.Parse(t[1], null))));
        string.Join('|', said).ShouldBe(expected);
    }


    private async Task<StaffId> Busy(string user)
    {
        _floor.Rule(q => q with { Greeting = "欢迎致电，请稍候。", WrapUp = TimeSpan.Zero });
        var agent = _floor.Ready(user);
        var first = _floor.Queues.Join(_floor.Ticket() with { CallId = "first" });
        (await first.NextAgent(default)).Answered().ShouldBeTrue();
        return agent;
    }

    private (ScriptedLine Line, QueueEntry Entry, CancellationTokenSource Stop, Task<QueueOutcome> Program) Start(string? phone = "13800001111", bool speaksForEver = false)
    {
        var ticket = _floor.Ticket();
        var line = new ScriptedLine(_floor.Clock, ticket.CallId, phone) { SpeaksForEver = speaksForEver };
        var entry = _floor.Queues.Join(ticket);
        var stop = new CancellationTokenSource();
        return (line, entry, stop, _floor.Get<QueueProgram>().Run(line, entry, stop.Token));
    }
}

/// <summary>A dialler of a test.</summary>
internal sealed class Dialling(Func<DueCallBack, Task<CallBackResult>> dial) : ICallBackDialler
{
    public List<DueCallBack> Dialled { get; } = [];

    public Task<CallBackResult> Dial(DueCallBack due, CancellationToken ct)
    {
        lock (Dialled) Dialled.Add(due);
        return dial(due);
    }
}
