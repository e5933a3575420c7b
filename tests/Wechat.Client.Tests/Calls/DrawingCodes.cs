using System.Text.Json.Nodes;
using Courier.Wechat.Client.Calls;
using Courier.Wechat.Client.Errors;
using Microsoft.AspNetCore.Http;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>Codes of the mini-program: WeChat answers a picture, or an error in the place of one.</summary>
public class DrawingCodes
{
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10, (byte)'J', (byte)'F'];
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A];

    /// <summary>Number, call, path and body of each call for a code.</summary>
    public static TheoryData<WechatCall<MiniProgramCode>, string, string> Codes => new()
    {
        { new GetMiniProgramCode("pages/p?no=1&x=2"), "/wxa/getwxacode", """{"path":"pages/p?no=1&x=2","env_version":"release","width":430,"auto_color":false,"is_hyaline":false}""" },
        {
            new GetMiniProgramCode("pages/p", new CodeLook(280, true, new CodeColor(0, 102, 255)), MiniProgramVersion.Trial), "/wxa/getwxacode",
            """{"path":"pages/p","env_version":"trial","width":280,"auto_color":false,"line_color":{"r":0,"g":102,"b":255},"is_hyaline":true}"""
        },
        {
            new GetUnlimitedMiniProgramCode("w=SF1234567890123&t=8899", "pages/p", CheckPage: false), "/wxa/getwxacodeunlimit",
            """{"scene":"w=SF1234567890123&t=8899","page":"pages/p","check_path":false,"env_version":"release","width":430,"auto_color":false,"is_hyaline":false}"""
        },
        { new CreateMiniProgramQrCode("pages/p?no=1", 280), "/cgi-bin/wxaapp/createwxaqrcode", """{"path":"pages/p?no=1","width":280}""" },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_code_comes_as_a_picture(WechatCall<MiniProgramCode> call, string path, string body)
    {
        await using var far = new FarWechat();
        // WeChat does not always say that it is a picture.
        far.Answers = seen => Task.FromResult(seen.Path == path ? Results.Bytes(Jpeg, "application/octet-stream") : null);

        var code = await far.Client().SendAsync(Accounts.Plain, call);

        code.ContentType.ShouldBe("image/jpeg");
        code.Bytes.ToArray().ShouldBe(Jpeg);
        var seen = far.Requests.Last();
        (seen.Method, seen.Query).ShouldBe(("POST", "?access_token=TOKEN-1"));
        JsonNode.DeepEquals(JsonNode.Parse(seen.Body), JsonNode.Parse(body)).ShouldBeTrue($"{seen.Body}\nshould be\n{body}");
    }

    [Fact]
    public async Task A_transparent_code_is_a_PNG()
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == "/wxa/getwxacodeunlimit" ? Results.Bytes(Png, "image/jpeg") : null);
        (await far.Client().SendAsync(Accounts.Plain, new GetUnlimitedMiniProgramCode("a"))).ContentType.ShouldBe("image/png");
    }

    [Theory]
    [InlineData(41030, ErrorReaction.StopAndAlert)]
    [InlineData(40169, ErrorReaction.StopAndAlert)]
    [InlineData(45009, ErrorReaction.BreakCall)]
    public async Task An_error_in_the_place_of_the_picture_is_an_error_whatever_its_kind_says(int code, ErrorReaction reaction)
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == "/wxa/getwxacodeunlimit" ? Results.Text($$"""{"errcode":{{code}},"errmsg":"no"}""", "image/jpeg") : null);
        var error = await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new GetUnlimitedMiniProgramCode("a")));
        (error.Code, error.Reaction).ShouldBe((code, reaction));
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("")]
    public async Task What_is_neither_picture_nor_error_is_no_code(string body)
    {
        await using var far = new FarWechat();
        far.Answers = seen => Task.FromResult(seen.Path == "/wxa/getwxacode" ? Results.Text(body, "text/html") : null);
        var error = await Should.ThrowAsync<WechatException>(far.Client().SendAsync(Accounts.Plain, new GetMiniProgramCode("pages/p")));
        (error.Code, error.Reaction).ShouldBe((null, ErrorReaction.Unknown));
    }
}
