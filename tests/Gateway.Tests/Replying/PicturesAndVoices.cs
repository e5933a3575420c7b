using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Courier.Gateway.Tests.Privacy;
using Courier.Kernel.Data;
using Courier.Kernel.Jobs;
using Courier.Services.Customers;
using Courier.Testing;

namespace Courier.Gateway.Tests.Replying;

/// <summary>Pictures and voices of customers, over the real host, the sandbox and both databases.</summary>
public abstract class PicturesAndVoices : IAsyncLifetime
{
    // A dot of one pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    private CourierApp _app = null!;

    private Db Db => _app.Get<Db>();

    public async Task InitializeAsync() => _app = await CourierApp.Start(new() { MariaDb = await Database(), Demo = true });

    public async Task DisposeAsync() => await _app.DisposeAsync();

    protected abstract Task<string?> Database();

    [Fact]
    public async Task A_voice_with_words_is_answered_like_the_text_and_says_what_was_heard()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        var spoken = await _app.Say(openId, new { type = "voice", recognition = "帮助。" });
        spoken.ShouldStartWith("听到的是：“帮助”\n");
        spoken.ShouldEndWith(await _app.Say(openId, "帮助"));
    }

    [Fact]
    public async Task A_voice_without_words_gets_an_honest_answer_and_is_kept()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        (await _app.Say(openId, new { type = "voice" })).ShouldContain("打字");
        await _app.Settle();
        (await Db.First<string>("select content_type from conversations_media where state = 'kept'")).ShouldBe("audio/amr");
    }

    [Fact]
    public async Task A_photo_of_goods_is_kept_and_asked_for_in_words_which_are_answered()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        (await _app.Say(openId, Picture())).ShouldContain("想问图里的东西能不能寄，请告诉我它是什么，例如“充电宝能寄吗”");
        var asked = await _app.Say(openId, "这个能寄吗？");
        asked.ShouldStartWith("请告诉我是什么东西，例如“充电宝能寄吗”");
        asked.ShouldContain("照片我认不出来，发过的照片都留在会话里");
        (await _app.Say(openId, "充电宝")).ShouldContain("充电宝");
        await _app.Settle();
        (await Db.First<string>("select content_type from conversations_media where state = 'kept'")).ShouldBe("image/png");
    }

    [Fact]
    public async Task A_photo_sent_before_the_hand_off_is_seen_by_the_agent_afterwards()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        (await _app.Say(openId, Picture())).ShouldContain("已为您保存");
        await _app.Settle();
        await _app.Say(openId, "人工");
        using var agent = await _app.AtTheDesk("agent1001");
        var (conversation, message) = await TheirPicture(agent);
        using var seen = await agent.GetAsync(Medium(conversation, message));
        seen.StatusCode.ShouldBe(HttpStatusCode.OK);
        seen.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        seen.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        (await seen.Content.ReadAsByteArrayAsync()).ShouldBe(Png);
        (await Db.Query<string>("select subject from staff_audit where action = 'conversation.medium_seen'")).ShouldBe(["message:" + message]);
    }

    [Fact]
    public async Task Only_the_agent_who_has_it_and_supervisors_see_it()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        await _app.Say(openId, Picture());
        await _app.Say(openId, "人工");
        await _app.Settle();
        using var agent = await _app.AtTheDesk("agent1001");
        var (conversation, message) = await TheirPicture(agent);
        using (var taken = await agent.PostAsync($"/api/desk/v1/conversations/{conversation}/take", null)) taken.IsSuccessStatusCode.ShouldBeTrue();
        using var other = await _app.AtTheDesk("agent1002");
        (await other.GetAsync(Medium(conversation, message))).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        using var supervisor = await _app.AtTheDesk("supervisor");
        (await supervisor.GetAsync(Medium(conversation, message))).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var @operator = await _app.AtTheDesk("operator");
        (await @operator.GetAsync(Medium(conversation, message))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _app.Http.GetAsync(Medium(conversation, message))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_file_lies_encrypted_and_the_same_message_twice_is_one_file()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        await _app.Say(openId, Picture());
        await _app.Settle();
        var file = Directory.GetFiles(Path.Combine(_app.DataDirectory, "media")).ShouldHaveSingleItem();
        (await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("IHDR"u8).ShouldBe(-1);
        (await Db.First<string>("select content_hash from conversations_media")).ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Png)));
    }

    [Fact]
    public async Task When_WeChat_is_busy_it_is_fetched_later_and_after_three_days_no_more()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        await _app.Fault(new { call = "/cgi-bin/media/get", errcode = 45009, times = 1 });
        await _app.Say(openId, Picture());
        await _app.Settle();
        (await States()).ShouldBe(["wanted"]);
        _app.Clock.Advance(TimeSpan.FromMinutes(3));
        await _app.Settle();
        (await States()).ShouldBe(["kept"]);

        await _app.Fault(new { call = "/cgi-bin/media/get", errcode = 40007, times = 1 });
        await _app.Say(openId, Picture());
        _app.Clock.Advance(TimeSpan.FromSeconds(6));
        await _app.Settle();
        (await States()).ShouldBe(["gone", "kept"]);
    }

    [Fact]
    public async Task After_its_time_it_is_unreadable_and_its_file_removed()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        await _app.Say(openId, Picture());
        await _app.Settle();
        _app.Clock.Sleep(TimeSpan.FromDays(91));
        await _app.RunJob("conversations.purge_media");
        (await States()).ShouldBe(["gone"]);
        (await Db.First<string>("select key_cipher from conversations_media")).ShouldBe("");
        Directory.GetFiles(Path.Combine(_app.DataDirectory, "media")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Erasing_the_person_or_taking_the_permission_for_pictures_back_removes_it()
    {
        var openId = await _app.AddFollower(Pushes.Official);
        await _app.Say(openId, Picture());
        await _app.Say(openId, new { type = "voice" });
        await _app.Settle();
        await Tell(openId, "user_authorization_revoke", "<RevokeInfo>207</RevokeInfo>");
        (await Db.Query<string>("select content_type from conversations_media")).ShouldBe(["audio/amr"]);
        await Tell(openId, "user_authorization_cancellation", "");
        (await States()).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(_app.DataDirectory, "media")).ShouldBeEmpty();
    }

    private static object Picture() => new { type = "image", base64 = Convert.ToBase64String(Png), fileName = "photo.png" };

    private static string Medium(string conversation, string message) => $"/api/desk/v1/conversations/{conversation}/messages/{message}/medium";

    private Task<IReadOnlyList<string>> States() => Db.Query<string>("select state from conversations_media order by state");

    private async Task Tell(string openId, string name, string rest)
    {
        var wechat = Pushes.ToOfficial(_app).As(openId);
        await wechat.Tell(wechat.EventXml(name, $"<OpenID>{openId}</OpenID><AppID>{Pushes.Official}</AppID>{rest}"));
        await _app.Settle();
    }

    private static async Task<(string Conversation, string Message)> TheirPicture(HttpClient agent)
    {
        var conversation = (await agent.GetFromJsonAsync<JsonElement>("/api/desk/v1/conversations")).GetProperty("items")[0].GetProperty("id").GetString()!;
        var messages = await agent.GetFromJsonAsync<JsonElement>($"/api/desk/v1/conversations/{conversation}/messages");
        var picture = messages.GetProperty("items").EnumerateArray().Single(m => m.GetProperty("kind").GetString() == "image");
        picture.GetProperty("media").GetString().ShouldBe("kept");
        return (conversation, picture.GetProperty("id").GetString()!);
    }
}

public sealed class PicturesAndVoicesOnSqlite : PicturesAndVoices
{
    protected override Task<string?> Database() => Task.FromResult<string?>(null);
}

public sealed class PicturesAndVoicesOnMariaDb : PicturesAndVoices
{
    protected override async Task<string?> Database() => await MariaDb.NewDatabase();
}
