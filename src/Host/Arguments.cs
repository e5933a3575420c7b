using Courier.Kernel;

namespace Courier.Host;

/// <summary>Checks the command line: the framework silently passes over what it does not understand.</summary>
internal static class Arguments
{
    /// <exception cref="WrongConfiguration">An argument is neither <c>--Name=value</c> nor <c>--Name value</c>.</exception>
    public static void Check(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i].Length < 3) throw Wrong(args[i]);
            if (args[i].Contains('=')) continue;
            if (i + 1 == args.Length || args[i + 1].StartsWith("--", StringComparison.Ordinal)) throw Wrong(args[i]);
            i++;
        }
    }

    private static WrongConfiguration Wrong(string argument) =>
        new($"the argument \"{argument}\" is not understood; settings are given as --Section:Name=value");
}
