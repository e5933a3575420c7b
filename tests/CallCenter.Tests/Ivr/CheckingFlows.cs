using Courier.CallCenter.Ivr;
using Courier.CallCenter.Voice;
using Courier.Http;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>What is wrong with a flow, and where.</summary>
public sealed class CheckingFlows(DeskApp desk) : IClassFixture<DeskApp>
{
    private const string Say = """{"id":"a","type":"say","say":"您好","next":"b"}""", End = """{"id":"b","type":"hang_up"}""";

    [Theory]
    [InlineData(Say + "," + End, "")]
    [InlineData("", "start: 没有编号为 a 的节点。")]
    [InlineData("""{"id":"a","type":"say","say":"","next":"b"},""" + End, "nodes/0 say: 请填写说什么。")]
    [InlineData("""{"id":"a","type":"say","say":"[no.such]","next":"b"},""" + End, "nodes/0 say: 没有叫 no.such 的提示音。")]
    [InlineData("""{"id":"a","type":"say","say":"{no_such}","next":"b"},""" + End, "nodes/0 say: 没有叫 no_such 的内容。")]
    [InlineData("""{"id":"a","type":"say","say":"好","next":""},""" + End, "nodes/0 next: 请选择去哪个节点。")]
    [InlineData("""{"id":"a","type":"say","say":"好","next":"x"},""" + End, "nodes/0 next: 没有编号为 x 的节点。")]
    [InlineData("""{"id":"A","type":"hang_up"},""" + Say + "," + End, "nodes/0 id: 节点编号只能用小写字母、数字和下划线，最多 40 个。")]
    [InlineData(Say + "," + End + "," + End, "nodes/2 id: 节点编号 b 重复了。")]
    [InlineData(Say + "," + End + "," + """{"id":"c","type":"hang_up"}""", "nodes/2: 没有任何路径能到这个节点。")]
    [InlineData("""{"id":"a","type":"menu","say":"选","tries":3,"otherwise":"b"},""" + End, "nodes/0 exits: 菜单至少要有一个按键。")]
    [InlineData("""{"id":"a","type":"menu","say":"选","tries":9,"otherwise":"b","exits":[{"when":"12","next":"b"},{"when":"1","next":"b"},{"when":"1","next":"b"}]},""" + End,
        "nodes/0 exits: “12”不是按键，可以用 0 到 9 和 *（# 是重听）。|nodes/0 exits: “1”出现了两次。|nodes/0 tries: 次数要在 1 到 5 之间。")]
    [InlineData("""{"id":"a","type":"collect","say":"输入","fewest":5,"most":4,"into":"digits","next":"b","otherwise":"b","tries":1},""" + End, "nodes/0 fewest: 最少位数至少是 1，不能超过最多位数。")]
    [InlineData("""{"id":"a","type":"lookup","what":"no.such","otherwise":"b"},""" + End, "nodes/0 what: 请选择要做的事。")]
    [InlineData("""{"id":"a","type":"branch","what":"parcel.mine","otherwise":"b"},""" + End, "nodes/0 what: 请选择要做的事。")]
    [InlineData("""{"id":"a","type":"branch","what":"caller","otherwise":"b","exits":[{"when":"maybe","next":"b"}]},""" + End, "nodes/0 exits: 这件事没有“maybe”这个结果。")]
    [InlineData("""{"id":"a","type":"branch","what":"tier","otherwise":"b","exits":[{"when":"gold","next":"b"}]},""" + End, "")]
    [InlineData("""{"id":"a","type":"queue","queue":""}""", "nodes/0 queue: 请填写“队列”。")]
    [InlineData("""{"id":"a","type":"say","say":"一","next":"c"},{"id":"c","type":"say","say":"二","next":"a"}""",
        "nodes/0: 从这里走不到挂机、转人工或留言。|nodes/1: 从这里走不到挂机、转人工或留言。|nodes/0: 这些节点会不停循环，中间没有等客户按键。|nodes/1: 这些节点会不停循环，中间没有等客户按键。")]
    public async Task Each_problem_names_its_node_and_field(string nodes, string problems)
    {
        var json = $$"""{"start":"a","nodes":[{{nodes}}]}""";
        string.Join('|', (await Problems(json)).Select(p => $"{p.Path} {p.Field}".Trim() + ": " + p.Message)).ShouldBe(problems);
    }

    [Fact]
    public async Task Four_levels_of_menus_are_too_many()
    {
        var menus = string.Concat(Enumerable.Range(1, 4).Select(i => $$"""{"id":"m{{i}}","type":"menu","say":"选","exits":[{"when":"1","next":"{{(i < 4 ? $"m{i + 1}" : "b")}}"}],"otherwise":"b"},"""));

        (await Problems($$"""{"start":"m1","nodes":[{{menus}}{{End}}]}""")).ShouldHaveSingleItem().Path.ShouldBe("nodes/3");
        (await Problems($$"""{"start":"m1","home":"m3","nodes":[{{menus}}{{End}}]}""")).ShouldBeEmpty(); // * leads there at once
    }

    [Fact]
    public async Task The_flows_that_the_product_brings_are_sound()
    {
        IvrSeed.Flows.Order().ShouldBe(["main", "survey"]);
        foreach (var flow in IvrSeed.Flows)
        {
            using var reader = IvrSeed.Open(flow + ".json");
            (await Problems(await reader.ReadToEndAsync())).ShouldBeEmpty(flow);
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"nodes":[null]}""")]
    [InlineData("""{"nodes":[{"id":"a","type":"teleport"}]}""")]
    [InlineData("""{"nodes":[{"id":null,"type":"say"}]}""")]
    [InlineData("""{"nodes":[{"id":"a","type":"menu","exits":[null]}]}""")]
    public void What_is_no_flow_is_refused(string json) => Should.Throw<BadInput>(() => FlowContent.Read(json)).Field.ShouldBe("content");

    private async Task<IReadOnlyList<Services.Editions.ContentProblem>> Problems(string json) =>
        FlowCheck.Of(FlowContent.Read(json), await desk.App.Get<Prompts>().Current(default), desk.App.Get<DeedBook>());
}
