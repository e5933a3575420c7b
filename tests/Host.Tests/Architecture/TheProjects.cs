using System.Xml.Linq;

namespace Courier.Host.Tests.Architecture;

/// <summary>Who may reference whom.</summary>
public sealed class TheProjects
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Courier.Kernel"] = [],
        ["Courier.Http"] = ["Courier.Kernel"],
        ["Courier.Services"] = ["Courier.Kernel"],
        ["Courier.Wechat.Client"] = [],
        ["Courier.Wechat.Sandbox"] = [],
        ["Courier.Simulator"] = [],
        ["Courier.WechatGateway"] = ["Courier.Kernel", "Courier.Services", "Courier.Http", "Courier.Wechat.Client"],
        ["Courier.MiniProgramApi"] = ["Courier.Kernel", "Courier.Services", "Courier.Http"],
        ["Courier.CallCenter"] = ["Courier.Kernel", "Courier.Services", "Courier.Http", "Courier.Sip", "Courier.Media"],
        ["Courier.Sip"] = [],
        ["Courier.Media"] = [],
    };

    [Fact]
    public void Reference_only_what_the_architecture_allows()
    {
        var projects = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(f => (Name: Path.GetFileNameWithoutExtension(f), Text: File.ReadAllText(f))).Where(p => p.Name != "Courier.Host").ToList();
        projects.Count.ShouldBeGreaterThan(7);
        projects.SelectMany(p => Violations(p.Name, p.Text)).ShouldBeEmpty();
    }

    [Fact]
    public void The_rule_finds_a_forbidden_reference()
    {
        const string bad = """<Project><ItemGroup><ProjectReference Include="../../Services/Courier.Services.csproj" /></ItemGroup></Project>""";
        Violations("Courier.Wechat.Client", bad).ShouldBe(["Courier.Wechat.Client references Courier.Services"]);
        Violations("Courier.Unheard", bad).ShouldBe(["Courier.Unheard is not in the architecture"]);
        Violations("Courier.MiniProgramApi", bad).ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_faces_and_Http_know_AspNet()
    {
        foreach (var name in (string[])["Kernel/Courier.Kernel", "Services/Courier.Services"])
            File.ReadAllText(Repository.Path("src", name + ".csproj")).ShouldNotContain("Microsoft.AspNetCore");
    }

    private static List<string> Violations(string project, string text)
    {
        if (!Allowed.TryGetValue(project, out var allowed)) return [$"{project} is not in the architecture"];
        return [.. XDocument.Parse(text).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))
            .Except(allowed).Select(r => $"{project} references {r}")];
    }
}
