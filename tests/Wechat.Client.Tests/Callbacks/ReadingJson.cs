using System.Text;
using Courier.Wechat.Client.Callbacks;

namespace Courier.Wechat.Client.Tests.Callbacks;

public class ReadingJson
{
    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    public void What_is_not_one_object_is_refused(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void Too_deep_is_refused() =>
        Read(string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) + "1" + new string('}', 100_000)).ShouldBeNull();

    [Fact]
    public void Numbers_truth_and_nothing_become_texts()
    {
        var fields = Read("""{"n":7000000000000000001,"d":1.50,"t":true,"z":null,"s":"件"}""").ShouldNotBeNull();
        fields.Select(field => field.Value).ShouldBe(["7000000000000000001", "1.50", "true", "", "件"]);
        (fields.Number("n"), fields.Decimal("d")).ShouldBe((7000000000000000001, 1.5));
    }

    [Fact]
    public void Arrays_repeat_their_element_even_inside_each_other()
    {
        var fields = Read("""{"l":[{"a":1},{"a":2}],"m":[[1],[2,3]],"e":[]}""").ShouldNotBeNull();
        fields.Each("l").Select(one => one.Text("a")).ShouldBe(["1", "2"]);
        fields.Where(field => field.Name == "m").Select(field => field.Value).ShouldBe(["1", "2", "3"]);
        fields.Has("e").ShouldBeFalse();
    }

    [Fact]
    public void Cut_and_changed_bytes_never_throw()
    {
        var whole = """{"ToUserName":"gh","List":[{"TemplateId":"T\u4ef6","n":1}],"x":{"y":[1,2,{"z":null}]}}"""u8.ToArray();
        var random = new Random(20260103);
        for (var round = 0; round < 5000; round++)
        {
            var changed = whole[..random.Next(whole.Length + 1)];
            if (changed.Length > 0) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            CallbackBody.TryRead(changed, out _, out _);
        }
    }

    private static Fields? Read(string text) => JsonFields.Read(Encoding.UTF8.GetBytes(text));
}
