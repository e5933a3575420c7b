using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Courier.MiniProgramApi.Tests;

public sealed class ReadingPastedAddresses(ApiApp api) : IClassFixture<ApiApp>
{
    private const string One = "张三 13812345678 广东省深圳市南山区粤海街道科苑路8号";

    [Fact]
    public async Task A_guest_pastes_an_address_and_gets_its_fields()
    {
        var answer = await Parse(One);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        string Of(string field) => answer.Json.GetProperty(field).GetString()!;
        (Of("name"), Of("phone"), Of("phoneKind")).ShouldBe(("张三", "13812345678", "mobile"));
        (Of("province"), Of("city"), Of("district"), Of("street"), Of("detail")).ShouldBe(("广东省", "深圳市", "南山区", "粤海街道", "粤海街道科苑路8号"));
        answer.Json.GetProperty("missing").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("candidates").EnumerateArray().ShouldHaveSingleItem().GetProperty("district").GetString().ShouldBe("南山区");
        answer.Json.GetProperty("confidence").GetDouble().ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public async Task A_text_that_does_not_decide_is_answered_with_a_question()
    {
        var answer = (await Parse("鼓楼区湖南路12号")).Json;
        answer.GetProperty("candidates").GetArrayLength().ShouldBe(4);
        (answer.GetProperty("province").GetString(), answer.GetProperty("district").GetString()).ShouldBe(("", "鼓楼区"));
        answer.GetProperty("missing").EnumerateArray().Select(m => m.GetString()).ShouldContain("city");
    }

    [Fact]
    public async Task A_masked_number_is_refused_with_a_reason()
    {
        var answer = (await Parse("张三 138****1234 广东省深圳市南山区科苑路8号")).Json;
        answer.GetProperty("refusals").EnumerateArray().ShouldHaveSingleItem().GetProperty("code").GetString().ShouldBe("phone.masked");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(null)]
    public async Task A_text_without_anything_is_refused(string? text) => (await Parse(text)).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");

    [Fact]
    public async Task A_text_that_is_too_long_is_refused()
    {
        (await Parse(new string('长', 2001))).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");
        (await Parse(One + new string('长', 2000 - One.Length))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\n\n")]
    public async Task A_pasted_list_of_fifty_becomes_fifty_drafts(string between)
    {
        var list = string.Join(between, Enumerable.Range(1, 50).Select(i => $"{i}、李小{(char)('一' + i)} 139{i:d8} 浙江省杭州市西湖区文三路{i}号"));
        var answer = await Many(list);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var drafts = answer.Json.GetProperty("drafts").EnumerateArray().ToList();
        drafts.Count.ShouldBe(50);
        drafts.Select(d => d.GetProperty("address").GetProperty("phone").GetString()).ShouldBe(Enumerable.Range(1, 50).Select(i => $"139{i:d8}"));
        drafts.ShouldAllBe(d => d.GetProperty("ready").GetBoolean());
    }

    [Fact]
    public async Task A_doubtful_field_of_a_draft_is_marked()
    {
        var drafts = (await Many($"{One}\n李四 13912345678 鼓楼区中山路1号")).Json.GetProperty("drafts").EnumerateArray().ToList();
        drafts[0].GetProperty("ready").GetBoolean().ShouldBeTrue();
        drafts[1].GetProperty("ready").GetBoolean().ShouldBeFalse();
        drafts[1].GetProperty("doubtful").EnumerateArray().Select(f => f.GetString()).ShouldContain("city");
    }

    [Fact]
    public async Task A_list_without_recipients_or_with_too_many_is_refused()
    {
        (await Many("今天天气不错")).ShouldBeRefused(HttpStatusCode.BadRequest, "list.empty");
        (await Many(new string('长', 60_001))).ShouldBeRefused(HttpStatusCode.BadRequest, "list.too_long");
        (await Many(string.Join('\n', Enumerable.Range(0, 501).Select(i => $"李四 139{i:d8} 浙江省杭州市西湖区文三路{i}号")))).ShouldBeRefused(HttpStatusCode.BadRequest, "list.too_long");
    }

    [Fact]
    public async Task A_file_becomes_drafts_with_their_rows()
    {
        var answer = await Upload(Encoding.UTF8.GetBytes("收件人,手机号码,省,市,区,详细地址\n张三,13812345678,广东省,深圳市,南山区,科苑路8号\n\n李四,=1+1,广东省,深圳市,南山区,科苑路9号\n"), "list.csv");
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        var drafts = answer.Json.GetProperty("drafts").EnumerateArray().ToList();
        drafts.Select(d => d.GetProperty("line").GetInt32()).ShouldBe([2, 4]);
        drafts[0].GetProperty("ready").GetBoolean().ShouldBeTrue(answer.Text);
        drafts[1].GetProperty("doubtful").EnumerateArray().Select(f => f.GetString()).ShouldContain("phone");
    }

    [Fact]
    public async Task What_is_no_list_is_refused()
    {
        (await Upload([0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1], "list.csv")).ShouldBeRefused(HttpStatusCode.BadRequest, "file.type_wrong");
        (await Upload(Zip("readme.txt", "hello"), "list.xlsx")).ShouldBeRefused(HttpStatusCode.BadRequest, "file.type_wrong");
        (await Upload(new byte[5 * 1024 * 1024 + 1], "list.csv")).ShouldBeRefused(HttpStatusCode.BadRequest, "file.too_large");
        (await Upload([], "")).ShouldBeRefused(HttpStatusCode.BadRequest, "file.missing");
        (await api.Send(HttpMethod.Post, "addresses/parse-file", new { text = One })).ShouldBeRefused(HttpStatusCode.UnsupportedMediaType, "request.media_type_unsupported");
    }

    private static byte[] Zip(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        using (var writer = new StreamWriter(zip.CreateEntry(name).Open()))
            writer.Write(text);
        return bytes.ToArray();
    }

    private Task<Answer> Parse(string? text) => api.Send(HttpMethod.Post, "addresses/parse", new { text });

    private Task<Answer> Many(string text) => api.Send(HttpMethod.Post, "addresses/parse-many", new { text });

    private async Task<Answer> Upload(byte[] file, string name)
    {
        using var part = new ByteArrayContent(file);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse("application/octet-stream");
        using var form = new MultipartFormDataContent();
        if (name.Length > 0) form.Add(part, "file", name);
        else form.Add(new StringContent("nothing"), "text");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/customer/v1/addresses/parse-file") { Content = form };
        return await Answer.Of(await api.App.Http.SendAsync(request));
    }
}
