using System.Net.Http.Json;
using System.Text;
using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>A file of customers arrives; an operator has it taken over, looks at the report and decides a conflict; in a real browser.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorImportsCustomers(Browser browser) : Journey(browser)
{
    [Fact]
    public async Task A_file_is_taken_over_at_once_its_report_is_read_and_a_conflict_is_decided()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false",
            "Customers:Imports:0:Name=crm", "Customers:Imports:0:Folder=crm", "Customers:Imports:0:Schedule=0 0 3 1 1 ?", "Customers:Imports:0:SettleFor=00:00:01",
            "Customers:Imports:1:Name=hr", "Customers:Imports:1:Folder=hr", "Customers:Imports:1:Schedule=0 0 3 1 1 ?", "Customers:Imports:1:SettleFor=00:00:01");
        var desk = await Browser.Desk(courier, "operator", "imports");
        await Expect(desk.GetByTestId("import-runs-empty")).ToBeVisibleAsync();

        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        await Drop(data.Path, "crm", "first.csv", gbk.GetBytes("客户编号,姓名,手机,城市,更新时间\nK1,林小满,13900008801,杭州市,2026-11-01\nK2,=cmd(),,,\n"));
        await desk.GetByTestId("source-crm").GetByTestId("source-run").ClickAsync();
        var first = desk.GetByTestId("run-first.csv");
        await Expect(first.GetByTestId("run-state")).ToHaveTextAsync("完成");
        await Browser.Keep(desk, "60-imports");
        await first.GetByTestId("run-open").ClickAsync();
        await Expect(desk.GetByTestId("import-lines")).ToContainTextAsync("单元格里是公式");
        await Expect(desk.GetByTestId("run-quality")).ToContainTextAsync("50.0");
        await desk.GetByTestId("import-back").ClickAsync();

        // Another system that counts as much says something else about the same record, without a date.
        await Drop(data.Path, "crm", "second.csv", Encoding.UTF8.GetBytes("客户编号,姓名,城市,更新时间\nK1,林小满,宁波市,2026-11-10\n"));
        await desk.GetByTestId("source-crm").GetByTestId("source-run").ClickAsync();
        await Expect(desk.GetByTestId("run-second.csv").GetByTestId("run-state")).ToHaveTextAsync("完成");
        await Expect(desk.GetByTestId("source-crm").GetByTestId("source-trend")).ToBeVisibleAsync();

        await CorrectTheName(desk, courier);
        await Drop(data.Path, "crm", "third.csv", Encoding.UTF8.GetBytes("客户编号,姓名\nK1,林晓曼\n"));
        await desk.GetByTestId("source-crm").GetByTestId("source-run").ClickAsync();
        await Expect(desk.GetByTestId("run-third.csv").GetByTestId("run-state")).ToHaveTextAsync("完成");
        await desk.GetByTestId("source-crm").GetByTestId("source-conflicts").ClickAsync();
        var conflict = desk.GetByTestId("conflict-name");
        await Expect(conflict).ToContainTextAsync("林晓满");
        await Expect(conflict).ToContainTextAsync("林晓曼");
        await Browser.Keep(desk, "61-import-conflicts");
        await conflict.GetByTestId("conflict-ours").ClickAsync();
        await desk.GetByTestId("conflict-reason").FillAsync("与客户核对过");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(conflict).ToHaveCountAsync(0);
        await desk.GetByTestId("import-back").ClickAsync();
        await Expect(desk.GetByTestId("source-crm").GetByTestId("source-conflicts")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_agent_sees_who_said_what_of_a_customer_and_puts_it_right()
    {
        using var data = new TemporaryDirectory();
        await using var courier = await CourierProcess.Start(data.Path, "Demo:Enabled=true", "Sandbox:Plays=false");
        foreach (var (call, body) in new (string, object)[]
        {
            ("followers", new { appId = "wxdemo0000000001", openid = "oJourney0060", nickname = "旅客庚", phone = "13911110060" }), ("say", new { openid = "oJourney0060", message = "人工" }),
        })
            (await courier.Http.PostAsJsonAsync("/sandbox/control/" + call, body)).EnsureSuccessStatusCode();
        var desk = await Browser.Desk(courier, "agent1001");
        await desk.GetByTestId("conversations").GetByRole(AriaRole.Button).First.ClickAsync();
        await desk.GetByTestId("open-record").ClickAsync();
        await Expect(desk.GetByTestId("record-fields-empty")).ToBeVisibleAsync();
        await Expect(desk.GetByTestId("timeline-conversation")).ToContainTextAsync("等待客服");
        await desk.GetByTestId("record-correct").ClickAsync();
        await desk.GetByTestId("correct-field").SelectOptionAsync("phone");
        await desk.GetByTestId("correct-value").FillAsync("不知道");
        await desk.GetByTestId("correct-reason").FillAsync("客户说的");
        await desk.GetByTestId("dialog-ok").Last.ClickAsync();
        await Expect(desk.GetByTestId("dialog-error").Last).ToContainTextAsync("不是有效的电话号码");
        await desk.GetByTestId("correct-value").FillAsync("13911110061");
        await desk.GetByTestId("dialog-ok").Last.ClickAsync();
        var phone = desk.GetByTestId("record-phone");
        await Expect(phone).ToContainTextAsync("139****0061");
        await Expect(phone).ToContainTextAsync("客服更正");
        await Browser.Keep(desk, "62-record");
    }

    // As the desk of an agent does it; the customer of the first row is the only one that another system knows.
    private static async Task CorrectTheName(IPage desk, CourierProcess courier)
    {
        var customer = await desk.EvaluateAsync<string>("fetch('/api/desk/v1/imports/sources/crm/worst').then(a => a.json()).then(a => a.items[0].customer)");
        var cookies = new System.Net.CookieContainer();
        using var agent = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = courier.Address };
        agent.DefaultRequestHeaders.Add("X-Courier-Csrf", "1");
        (await agent.PostAsJsonAsync("/api/desk/v1/session", new { name = "agent1001", password = "demoagent1001" })).EnsureSuccessStatusCode();
        (await agent.PutAsJsonAsync($"/api/desk/v1/customers/{customer}/fields/name", new { value = "林晓满", reason = "客户来电" })).EnsureSuccessStatusCode();
    }

    private static async Task Drop(string data, string folder, string name, byte[] content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(data, folder)).FullName, name);
        await File.WriteAllBytesAsync(path + ".tmp", content);
        File.Move(path + ".tmp", path);
    }
}
