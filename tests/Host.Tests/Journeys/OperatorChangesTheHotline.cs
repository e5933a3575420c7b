using Courier.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Courier.Host.Tests.Journeys;

/// <summary>An operator changes what callers hear, tries it as a caller would, and a second person lets it go out; prompts are written and recorded; in real browsers.</summary>
[Collection(nameof(Browser))]
public sealed class OperatorChangesTheHotline(Browser browser, RunningDemo running) : Journey(browser), IClassFixture<RunningDemo>
{
    [Fact]
    public async Task A_flow_is_changed_tried_reviewed_published_and_taken_back()
    {
        var courier = running.Courier;
        var desk = await Browser.Desk(courier, "operator", "ivr");
        await desk.GetByTestId("begin").ClickAsync();
        var welcome = desk.GetByTestId("node-welcome");
        await welcome.GetByTestId("node-head").ClickAsync();
        await welcome.GetByTestId("say").FillAsync("您好，{nobody}。");
        await Expect(welcome.GetByTestId("fault").Filter(new() { Visible = true })).ToContainTextAsync("没有叫 nobody 的内容");
        await Expect(desk.GetByTestId("submit")).ToBeDisabledAsync();
        await Expect(desk.GetByTestId("preview-talk")).ToContainTextAsync("内容还有问题");
        await Browser.Keep(desk, "71-flow-fault");

        await welcome.GetByTestId("say").FillAsync("新年好，");
        await welcome.GetByTestId("insert-prompt").SelectOptionAsync("main.welcome");
        await Expect(desk.GetByTestId("compared")).ToContainTextAsync("新年好，[main.welcome]");
        await Expect(desk.GetByTestId("faults")).ToHaveCountAsync(0);
        await TryIt(desk);

        await desk.GetByTestId("submit").ClickAsync();
        await desk.GetByTestId("remark").FillAsync("拜年");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("waits-for-review")).ToBeVisibleAsync();
        await Review(courier);
        await desk.GetByTestId("back").ClickAsync();
        await desk.GetByTestId("edition-2").GetByTestId("open").ClickAsync();
        await desk.GetByTestId("publish").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("state")).ToHaveTextAsync("线上");
        await desk.GetByTestId("back").ClickAsync();
        await desk.GetByTestId("edition-1").GetByTestId("rollback").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await desk.GetByTestId("back").ClickAsync();
        await Expect(desk.GetByTestId("edition-3")).ToContainTextAsync("回滚");

        await desk.GetByTestId("ivr-report").ClickAsync();
        await Expect(desk.GetByTestId("nodes-empty")).ToContainTextAsync("这段时间没有来电");
    }

    [Fact]
    public async Task A_prompt_is_written_recorded_and_spoken_again()
    {
        var courier = running.Courier;
        var desk = await Browser.Desk(courier, "operator", "ivr");
        await desk.GetByTestId("ivr-prompts").ClickAsync();
        var row = desk.GetByTestId("prompt-main.goodbye");
        await row.GetByTestId("write").ClickAsync();
        await desk.GetByTestId("prompt-text").FillAsync("感谢来电，祝您新年快乐。");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row).ToContainTextAsync("祝您新年快乐");

        await row.GetByTestId("record").ClickAsync();
        await desk.GetByTestId("recording").SetInputFilesAsync(new FilePayload { Name = "再见.wav", MimeType = "audio/wav", Buffer = [1, 2, 3] });
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("dialog-error")).ToContainTextAsync("不是可以播放的 WAV 文件");
        await desk.GetByTestId("recording").SetInputFilesAsync(new FilePayload { Name = "再见.wav", MimeType = "audio/wav", Buffer = ASecondOfSound() });
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("recorded")).ToBeVisibleAsync();
        await Browser.Keep(desk, "73-prompts");

        await row.GetByTestId("unrecord").ClickAsync();
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(row.GetByTestId("recorded")).ToHaveCountAsync(0);
        await desk.GetByTestId("add-prompt").ClickAsync();
        await desk.GetByTestId("prompt-name").FillAsync("season.spring");
        await desk.GetByTestId("prompt-text").FillAsync("春节期间照常派送。");
        await desk.GetByTestId("dialog-ok").ClickAsync();
        await Expect(desk.GetByTestId("prompt-season.spring")).ToContainTextAsync("春节期间照常派送");
    }

    // As a caller who is known, has one parcel, tracks another and wants a person.
    private static async Task TryIt(IPage desk)
    {
        var talk = desk.GetByTestId("preview-talk");
        await Expect(talk).ToContainTextAsync("新年好，您好，欢迎致电快递服务热线。");
        foreach (var outcome in new[] { "known", "none", "one" }) await desk.GetByTestId("outcome-" + outcome).ClickAsync();
        await Expect(talk).ToContainTextAsync("〔快件的状态〕");
        await desk.GetByTestId("key-1").ClickAsync();
        await Expect(talk).ToContainTextAsync("请输入运单号的数字");
        await desk.GetByTestId("preview-keys").FillAsync("1234567890123#");
        await desk.GetByTestId("preview-press").ClickAsync();
        await desk.GetByTestId("outcome-needs_tail").ClickAsync();
        await desk.GetByTestId("key-0").ClickAsync();
        await desk.GetByTestId("outcome-closed").ClickAsync();
        await desk.GetByTestId("key-1").ClickAsync();
        await Expect(talk).ToContainTextAsync("留言：main");
        await Browser.Keep(desk, "72-flow-tried");
    }

    private async Task Review(CourierProcess courier)
    {
        var reviewer = await Browser.Desk(courier, "supervisor", "ivr");
        await reviewer.GetByTestId("edition-2").GetByTestId("open").ClickAsync();
        await Expect(reviewer.GetByTestId("compared")).ToContainTextAsync("新年好");
        await reviewer.GetByTestId("approve").ClickAsync();
        await reviewer.GetByTestId("dialog-ok").ClickAsync();
        await Expect(reviewer.GetByTestId("state")).ToHaveTextAsync("已通过，待发布");
    }

    private static byte[] ASecondOfSound()
    {
        using var wav = new MemoryStream();
        using var writer = new BinaryWriter(wav);
        writer.Write("RIFF"u8);
        writer.Write(36 + 16_000);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(8000);
        writer.Write(16_000);
        writer.Write((short)2);
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(16_000);
        for (var i = 0; i < 8000; i++) writer.Write((short)(8000 * Math.Sin(i * 0.3)));
        return wav.ToArray();
    }
}
