using System.Text.RegularExpressions;

namespace Courier.Host.Tests;

/// <summary>
/// What the source files of tests declare: which class has which test. Goes by the indentation of the house, in which a member
/// stands deeper than its class; so it needs no parser.
/// </summary>
internal sealed partial class TestSource
{
    private readonly HashSet<(string Class, string Method)> _tests = [];
    private readonly HashSet<string> _concrete = new(StringComparer.Ordinal);
    private readonly List<(string Class, string Parent)> _parents = [];

    public TestSource(IEnumerable<string> files)
    {
        foreach (var file in files) Read(file);
    }

    /// <summary>Is there such a class (several projects may have one of the name) with such a test, and does a runner run it?</summary>
    public bool Has(string type, string method) => _tests.Contains((type, method)) && Runs(type);

    // A suite runs by a class that is made of it.
    private bool Runs(string type) => _concrete.Contains(type) || _parents.Any(p => p.Parent == type && p.Class != type && Runs(p.Class));

    private void Read(string file)
    {
        var around = new Stack<(int Depth, string Name)>();
        var marked = false;
        foreach (var line in file.Split('\n'))
        {
            var depth = line.Length - line.TrimStart().Length;
            if (ClassLine().Match(line) is { Success: true } type)
            {
                Leave(around, depth);
                around.Push((depth, type.Groups["name"].Value));
                Declare(type);
            }
            else if (MethodLine().Match(line) is { Success: true } method)
            {
                Leave(around, depth);
                if (around.Count > 0 && (marked || TestMark().IsMatch(line))) _tests.Add((around.Peek().Name, method.Groups["name"].Value));
            }
            marked = AttributeLine().IsMatch(line) && (marked || TestMark().IsMatch(line));
        }
    }

    private void Declare(Match type)
    {
        var name = type.Groups["name"].Value;
        if (!type.Groups["modifiers"].Value.Contains("abstract", StringComparison.Ordinal)) _concrete.Add(name);
        if (type.Groups["parent"].Success) _parents.Add((name, type.Groups["parent"].Value));
    }

    private static void Leave(Stack<(int Depth, string Name)> around, int depth)
    {
        while (around.Count > 0 && around.Peek().Depth >= depth) around.Pop();
    }

    // public abstract class Name<T>(A a) : Space.Parent(a), IOther
    [GeneratedRegex(@"^\s*(?<modifiers>((public|internal|private|protected|sealed|abstract|static|partial)\s+)*)class\s+(?<name>\w+)(<[^>]*>)?(\(.*?\))?(\s*:\s*(\w+\.)*(?<parent>\w+))?")]
    private static partial Regex ClassLine();

    [GeneratedRegex(@"^\s*(\[.*\]\s*)?public\s+((async|virtual|override|static)\s+)*(void|Task|ValueTask)\s+(?<name>\w+)\(")]
    private static partial Regex MethodLine();

    [GeneratedRegex(@"^\s*\[.*\]\s*(//.*)?$")]
    private static partial Regex AttributeLine();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)\b")]
    private static partial Regex TestMark();
}
