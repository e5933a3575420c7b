using Courier.Services.Addresses.Parsing;

namespace Courier.Services.Tests.Addresses;

public sealed class ReadingListsOfAddresses
{
    private static readonly string[] Names = ["张伟", "王芳", "李娜", "刘洋", "陈静", "杨帆", "赵磊", "黄敏", "周杰", "吴昊"];
    private static readonly string[] Places = ["浙江省杭州市西湖区文三路", "广东省深圳市南山区科苑路", "上海市浦东新区世纪大道", "四川省成都市武侯区科华北路", "湖北省武汉市洪山区珞喻路"];

    public static TheoryData<string> Shapes => ["lines", "blank", "three", "three-blank", "labels", "numbered", "mixed", "semicolons", "headed"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Fifty_recipients_become_fifty_right_drafts(string shape)
    {
        var wanted = Enumerable.Range(0, 50).Select(i => (Name: Names[i % 10], Phone: $"138{i * 7919:d8}", Place: Places[i % 5], Detail: $"{i + 1}号{i % 9 + 1}单元{i + 101}室")).ToList();
        var text = string.Join(Between(shape), wanted.Select((w, i) => Written(shape, i, w.Name, w.Phone, w.Place + w.Detail)));
        if (shape == "headed") text = "以下是本次收件人名单：\n\n" + text;
        var drafts = PastedList.Read(Cases.Parser, text);
        drafts.Count.ShouldBe(50, string.Join('\n', drafts.Take(3).Select(d => d.Text)));
        foreach (var (draft, w) in drafts.Zip(wanted))
        {
            (draft.Address.Name, draft.Address.Phone?.Text).ShouldBe((w.Name, w.Phone), draft.Text);
            (draft.Address.Province + (draft.Address.City == draft.Address.Province ? "" : draft.Address.City) + draft.Address.District + draft.Address.Detail).ShouldBe(w.Place + w.Detail, draft.Text);
            draft.Ready.ShouldBeTrue(draft.Text);
        }
        drafts.Select(d => d.Line).ShouldBe(drafts.Select(d => d.Line).Order());
    }

    private static string Between(string shape) => shape switch { "blank" or "three-blank" or "mixed" => "\n\n", "semicolons" => "；", _ => "\n" };

    private static string Written(string shape, int i, string name, string phone, string place) => shape switch
    {
        "three" or "three-blank" => $"{name}\n{phone}\n{place}",
        "labels" => $"收件人：{name}\n手机：{phone}\n地址：{place}",
        "numbered" => $"{i + 1}. {name} {phone} {place}",
        "mixed" => (i % 3) switch { 0 => $"{name}，{phone}，{place}", 1 => $"{place}\n{name} {phone}", _ => $"姓名：{name}\n电话：{phone}\n地址：{place}" },
        _ => $"{name} {phone} {place}",
    };

    [Theory]
    [InlineData("钱二 1390000000 上海市浦东新区世纪大道2号", "phone")]
    [InlineData("钱二 上海市浦东新区世纪大道2号", "phone")]
    [InlineData("朝阳区建国路88号 钱二", "phone")]
    public void A_line_without_a_number_is_a_recipient_of_its_own(string second, string missing)
    {
        var drafts = PastedList.Read(Cases.Parser, $"张三 13812345678 广东省深圳市南山区科技园路1号\n{second}\n李四 13912345678 上海市浦东新区世纪大道4号\n3单元502室");
        drafts.Count.ShouldBe(3);
        drafts.Select(d => d.Ready).ShouldBe([true, false, true]);
        drafts[1].Doubtful.ShouldContain(missing);
        (drafts[2].Address.Name, drafts[2].Address.Detail).ShouldBe(("李四", "世纪大道4号3单元502室"));
        PastedList.Read(Cases.Parser, $"收件名单\n{second}\n李四 13912345678 上海市浦东新区世纪大道4号").Count.ShouldBe(2);
    }

    [Fact]
    public void Two_addresses_in_one_draft_are_never_ready() =>
        PastedList.Read(Cases.Parser, "1. 张三 13812345678 广东省深圳市南山区科技园路1号\n上海市浦东新区世纪大道4号").ShouldHaveSingleItem().Doubtful.ShouldContain("detail");

    [Fact]
    public void What_must_be_looked_at_is_marked()
    {
        var drafts = PastedList.Read(Cases.Parser, "张三 138****1234 浙江省杭州市西湖区文三路1号\n13812345678 浙江省杭州市西湖区文三路2号\n李四 13812345679 鼓楼区中山路3号\n王五 13812345670 浙江省杭州市西湖区文三路4号");
        drafts.Select(d => d.Doubtful.FirstOrDefault() ?? "").ShouldBe(["phone", "name", "province", ""]);
    }
}
