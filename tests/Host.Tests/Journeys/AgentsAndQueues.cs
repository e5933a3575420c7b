using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An agent says on the page whether calls may come; a supervisor sees it, sets rules and skills, and opens the reports; in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class AgentsAndQueues(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task An_agent_is_seen_at_work_and_a_supervisor_keeps_the_queues()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        var agent = await Browser.Desk(courier, "agent1001", "my-phone");
        await Expect(agent.GetByTestId("my-state")).ToHaveTextAsync("未签入");
        await Expect(agent.GetByTestId("my-handset")).ToContainTextAsync("话机未注册");
        await agent.GetByTestId("not-ready-meal").ClickAsync();
        await Expect(agent.GetByTestId("my-state")).ToHaveTextAsync("话机离线"); // at work, but no telephone is registered
        await Expect(agent.GetByTestId("my-queues")).ToContainTextAsync("人工服务");
        await Browser.Keep(agent, "60-my-phone");

        var supervisor = await Browser.Desk(courier, "supervisor", "queues");
        await Expect(supervisor.GetByTestId("live-agent-agent1001").GetByTestId("agent-state")).ToHaveTextAsync("话机离线");
        await Expect(supervisor.GetByTestId("live-queue-main").GetByTestId("queue-waiting")).ToHaveTextAsync("0");
        await Browser.Keep(supervisor, "61-queues");

        await supervisor.GetByTestId("queue-rules").ClickAsync();
        await supervisor.GetByTestId("queue-main").GetByTestId("edit-queue").ClickAsync();
        await supervisor.GetByTestId("queue-wrapUpSeconds").FillAsync("45");
        await supervisor.GetByTestId("queue-overflowTo").FillAsync("nowhere");
        await supervisor.GetByTestId("dialog-ok").ClickAsync();
        await Expect(supervisor.GetByTestId("dialog-error")).ToContainTextAsync("溢出到的队列不存在");
        await supervisor.GetByTestId("queue-overflowTo").FillAsync("complaint");
        await Browser.Keep(supervisor, "62-queue-rules");
        await supervisor.GetByTestId("dialog-ok").ClickAsync();
        await Expect(supervisor.GetByTestId("queue-main")).ToContainTextAsync("45 秒");
        await Expect(supervisor.GetByTestId("queue-main")).ToContainTextAsync("投诉专席（");

        await supervisor.GetByTestId("back-to-floor").ClickAsync();
        await supervisor.GetByTestId("agent-skills").ClickAsync();
        await supervisor.GetByTestId("agent-agent1001").GetByTestId("edit-skills").ClickAsync();
        await supervisor.GetByTestId("skills-text").FillAsync("complaint:7，english:3");
        await supervisor.GetByTestId("dialog-ok").ClickAsync();
        await Expect(supervisor.GetByTestId("agent-agent1001")).ToContainTextAsync("complaint 7、english 3");
        await Expect(agent.GetByTestId("my-queues")).ToContainTextAsync("投诉专席");

        await supervisor.GetByTestId("back-to-floor").ClickAsync();
        await supervisor.GetByTestId("live-agent-agent1001").GetByTestId("set-state").ClickAsync();
        await supervisor.GetByTestId("state-choice").SelectOptionAsync("logged_out");
        await supervisor.GetByTestId("dialog-ok").ClickAsync();
        await Expect(agent.GetByTestId("my-state")).ToHaveTextAsync("未签入");

        await supervisor.GetByTestId("tab-calls").ClickAsync();
        await Expect(supervisor.GetByTestId("calls-empty")).ToContainTextAsync("还没有通话");
        await supervisor.GetByTestId("tab-call-reports").ClickAsync();
        await Expect(supervisor.GetByTestId("report-sum")).ToContainTextAsync("合计");
        await supervisor.GetByTestId("report-by").SelectOptionAsync("agent");
        await Expect(supervisor.GetByTestId("report-sum")).ToContainTextAsync("—");
        await Browser.Keep(supervisor, "63-call-reports");
    }
}
