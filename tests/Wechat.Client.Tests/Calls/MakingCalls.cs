using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Client.Tests.Calls;

public class MakingCalls
{
    public static TheoryData<int, string> Samples
    {
        get
        {
            var data = new TheoryData<int, string>();
            for (var number = 0; number < CallSamples.All.Count; number++) data.Add(number, CallSamples.All[number].Name);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Each_call_goes_out_and_comes_back_as_its_sample(int number, string name)
    {
        var sample = CallSamples.All[number];
        sample.Name.ShouldBe(name);
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == sample.Path ? sample.Answer : null);

        await sample.Play(far.Client());

        var seen = far.Requests.Last();
        (seen.Method, seen.Path, seen.Query).ShouldBe((sample.Method, sample.Path, sample.Query));
        ShouldBeTheSame(seen, sample.Body);
    }

    [Fact]
    public void Every_call_has_a_sample()
    {
        var calls = typeof(WechatClient).Assembly.GetTypes().Where(IsCall).ToHashSet();
        calls.Count.ShouldBeGreaterThan(60);
        calls.Except(CallSamples.All.Select(sample => sample.CallType)).Where(type => type.BaseType != typeof(WechatCall<MiniProgramCode>)).ShouldBeEmpty();
        calls.Where(type => type.BaseType == typeof(WechatCall<MiniProgramCode>)).Except(DrawingCodes.Codes.Select(row => row[0].GetType())).ShouldBeEmpty();
    }

    [Fact]
    public void Every_kind_of_custom_message_has_a_sample()
    {
        var kinds = typeof(CustomMessage).Assembly.GetTypes().Where(type => type.BaseType == typeof(CustomMessage)).Select(type => type.Name);
        var sampled = CallSamples.All.OfType<CallSample<Done>>().Select(sample => (sample.Call as SendCustomMessage)?.Message.GetType().Name);
        kinds.Except(sampled).ShouldBeEmpty();
    }

    [Fact]
    public async Task Chinese_and_signs_go_out_unescaped()
    {
        await using var far = new FarWechat();
        await far.Client().SendAsync(Accounts.Plain, new SendCustomMessage("o1", new CustomText("<a>件&到</a>")));
        far.Requests.Last().Body.ShouldContain("<a>件&到</a>");
    }

    [Fact]
    public async Task A_file_comes_with_its_kind_and_name()
    {
        await using var far = new FarWechat();
        byte[] picture = [0x89, (byte)'P', (byte)'N', (byte)'G', 0, 0xFF];
        far.Answers = seen => Task.FromResult(seen.Path == "/cgi-bin/media/get" ? Results.File(picture, "image/png", "p.png") : null);
        var file = await far.Client().SendAsync(Accounts.Plain, new GetMedia("M1"));
        file.Bytes.ToArray().ShouldBe(picture);
        (file.ContentType, file.FileName, file.VideoUrl).ShouldBe(("image/png", "p.png", null));
    }

    [Fact]
    public async Task An_error_in_the_place_of_a_file_is_an_error_whatever_its_kind_says()
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == "/cgi-bin/media/get" ? Results.Text("""{"errcode":40007,"errmsg":"invalid media_id"}""", "image/jpeg") : null);
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new GetMedia("M1")))).Reaction.ShouldBe(ErrorReaction.NewMediaOnce);
    }

    [Fact]
    public async Task An_upload_names_its_boundary_without_quotes()
    {
        await using var far = new FarWechat();
        far.Reply(seen => seen.Path == "/cgi-bin/media/upload" ? """{"type":"image","media_id":"M1","created_at":1}""" : null);
        await far.Client().SendAsync(Accounts.Plain, new UploadMedia(MediaType.Image, "p.png", Encoding.UTF8.GetBytes("x")));
        far.Requests.Last().ContentType.ShouldBe("multipart/form-data; boundary=courierMediaUpload7MA4YWxkTrZu0gW");
    }

    [Fact]
    public async Task The_address_may_become_known_after_the_client_was_made()
    {
        await using var far = new FarWechat();
        Uri? address = null;
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var client = new WechatClient(http, new Client.AccessTokens.MemoryTokenStore(), new WechatClientOptions { BaseAddress = _ => address! },
            TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<WechatClient>.Instance);
        address = far.Address;
        (await client.SendAsync(Accounts.Plain, new CustomTyping("o1", true))).ShouldBe(Done.Well);
    }

    [Theory]
    [InlineData(40001)]
    [InlineData(42001)]
    public async Task A_bad_token_of_a_customer_asks_for_another_sign_in_not_for_another_account_token(int code)
    {
        await using var far = new FarWechat();
        far.Reply(_ => $$"""{"errcode":{{code}},"errmsg":"invalid credential"}""");
        (await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new GetOAuthUser("A", "o1")))).Reaction.ShouldBe(ErrorReaction.LoginAgain);
        far.Count("/cgi-bin/stable_token").ShouldBe(0);
    }

    [Fact]
    public void Calls_and_answers_do_not_show_what_is_secret()
    {
        object[] holders =
        [
            new ExchangeOAuthCode("hidden-1"), new RefreshOAuthToken("hidden-2"), new GetOAuthUser("hidden-3", "o1"), new ExchangeMiniProgramCode("hidden-4"),
            new GetPhoneNumber("hidden-5"), new MiniProgramSession("o1", "hidden-6"), new OAuthToken { AccessToken = "hidden-7", RefreshToken = "hidden-8", OpenId = "o1" },
            new WechatPhone("hidden-9", "hidden-10", "86"), new ClearQuotaWithSecret(), new CheckText("o1", ContentScene.Comment, "hidden-11"),
            new RecordedRequest(1, 1, "access_token=hidden-12", "hidden-13", "hidden-14", "203.0.113.7"), new SetRemark("o1", "hidden-15"),
        ];
        foreach (var holder in holders) holder.ToString()!.ShouldNotContain("hidden");
    }

    [Fact]
    public void A_QR_code_has_its_picture() =>
        new QrCodeTicket("gQH4+/==", "u").Picture.AbsoluteUri.ShouldBe("https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket=gQH4%2B%2F%3D%3D");

    private static bool IsCall(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(WechatCall<>)) return !type.IsAbstract;
        return false;
    }

    private static void ShouldBeTheSame(Seen seen, string? expected)
    {
        if (expected is null) seen.Bytes.ShouldBeEmpty();
        else if (!expected.StartsWith('{')) seen.Body.ShouldBe(expected);
        else JsonNode.DeepEquals(JsonNode.Parse(seen.Body), JsonNode.Parse(expected)).ShouldBeTrue($"{seen.Body}\nshould be\n{expected}");
    }
}
