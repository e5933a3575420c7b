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

        await supervisor.GetByTestId("tab-telephone").ClickAsync();
        await Expect(supervisor.GetByTestId("trunk-local")).ToContainTextAsync("呼入");
        await Expect(supervisor.GetByTestId("phones-empty")).ToContainTextAsync("没有已注册的话机");
        await Expect(supervisor.GetByTestId("new-phone")).ToHaveCountAsync(0); // passwords are the administrator's
        await AnAdministratorKeepsTelephones(await Browser.Desk(courier, "admin", "telephone"));
    }

    // A password is made, seen once, chosen by hand and taken; all of it is in the audit trail.
    private static async Task AnAdministratorKeepsTelephones(IPage admin)
    {
        await admin.GetByTestId("phone-agent1002").GetByTestId("make-phone-password").ClickAsync();
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await Expect(admin.GetByTestId("phone-password")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[0-9a-f]{24}$"));
        await Browser.Keep(admin, "64-telephone");
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await Expect(admin.GetByTestId("phone-password")).ToHaveCountAsync(0);

        await admin.GetByTestId("phone-agent1003").GetByTestId("set-phone-password").ClickAsync();
        await admin.GetByTestId("phone-new-password").FillAsync("chosen-by-hand");
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await Expect(admin.GetByTestId("dialog-ok")).ToHaveCountAsync(0);
        await admin.GetByTestId("phone-agent1003").GetByTestId("remove-phone").ClickAsync();
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await Expect(admin.GetByTestId("phone-agent1003")).ToHaveCountAsync(0);
        await admin.GetByTestId("new-phone").ClickAsync();
        await admin.GetByTestId("phone-user").FillAsync("agent1003");
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await admin.GetByTestId("phone-password").WaitForAsync();
        await admin.GetByTestId("dialog-ok").ClickAsync();
        await Expect(admin.GetByTestId("phone-agent1003")).ToContainTextAsync("未注册");

        await admin.GetByTestId("tab-audit").ClickAsync();
        await Expect(admin.GetByTestId("audit")).ToContainTextAsync("停用话机");
        await Expect(admin.GetByTestId("audit")).ToContainTextAsync("设置话机密码");
    }
}
