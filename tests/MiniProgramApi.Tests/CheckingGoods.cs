using System.Net;

namespace Courier.MiniProgramApi.Tests;

public sealed class CheckingGoods(ApiApp api) : IClassFixture<ApiApp>
{
    [Theory]
    [InlineData("打火机", "forbidden", "打火机")]
    [InlineData("能寄充电宝吗", "conditional", "充电宝")]
    [InlineData("茶叶", "allowed", "茶叶")]
    [InlineData("茶叶、充电宝和打火机", "forbidden", "打火机")]
    public async Task A_guest_hears_the_verdict_with_its_reason(string query, string verdict, string name)
    {
        var answer = await Check(query);
        answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
        (answer.Json.GetProperty("verdict").GetString(), answer.Json.GetProperty("name").GetString()).ShouldBe((verdict, name));
        answer.Json.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        answer.Json.GetProperty("text").GetString()!.ShouldContain(name);
    }

    [Fact]
    public async Task What_needs_a_condition_names_it() =>
        (await Check("充电宝")).Json.GetProperty("condition").GetString().ShouldNotBeNullOrEmpty();

    [Fact]
    public async Task Several_goods_get_an_answer_each_and_the_unknown_are_named()
    {
        var answer = (await Check("茶叶和量子纠缠仪")).Json;
        answer.GetProperty("verdict").GetString().ShouldBe("allowed");
        answer.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("verdict").GetString().ShouldBe("allowed");
        answer.GetProperty("unknown").EnumerateArray().ShouldHaveSingleItem().GetString().ShouldBe("量子纠缠仪");
    }

    [Fact]
    public async Task About_unknown_goods_it_says_so()
    {
        var answer = (await Check("量子纠缠仪")).Json;
        answer.GetProperty("verdict").GetString().ShouldBe("unknown");
        answer.GetProperty("reason").GetString()!.ShouldContain("没有查到“量子纠缠仪”");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task A_question_without_goods_is_refused(string query) =>
        (await Check(query)).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");

    [Fact]
    public async Task A_question_that_is_too_long_is_refused() =>
        (await Check(new string('长', 101))).ShouldBeRefused(HttpStatusCode.BadRequest, "request.field_invalid");

    private Task<Answer> Check(string query) => api.Send(HttpMethod.Get, "goods/check?q=" + Uri.EscapeDataString(query));
}
