using System.Globalization;

namespace Courier.Bench.Kit;

/// <summary>What all programs understand.</summary>
/// <param name="Quick">A few seconds: the answers are checked, the figures mean nothing.</param>
/// <param name="Rounds">How often each side is measured; the sides take turns.</param>
/// <param name="Minutes">How long a soak lasts; zero for none.</param>
/// <param name="Seed">Starts everything random.</param>
/// <param name="Orders">How many orders the larger world has, for programs that make one; zero for their own number.</param>
/// <param name="OnMariaDb">In a MariaDB server of its own instead of SQLite, for programs that know both.</param>
/// <param name="Rows">A file with other rows than the program's own, for programs that read rows; null for their own.</param>
/// <param name="Program">The folder of a published product, for programs that start one; null for the one that was built along.</param>
internal sealed record BenchOptions(bool Quick, int Rounds, int Minutes, int Seed, int Orders = 0, bool OnMariaDb = false, string? Rows = null, string? Program = null)
{
    public const string Usage = "[--quick] [--rounds N] [--minutes N] [--seed N] [--orders N] [--database sqlite|mariadb] [--rows FILE] [--program FOLDER]";

    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static BenchOptions? Read(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(false, 5, 0, 1);
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] == "--quick")
            {
                options = options with { Quick = true, Rounds = 1 };
                continue;
            }
            if (arguments[i] == "--rows" && i + 1 < arguments.Count)
            {
                options = options with { Rows = arguments[++i] };
                continue;
            }
            if (arguments[i] == "--program" && i + 1 < arguments.Count)
            {
                options = options with { Program = arguments[++i] };
                continue;
            }
            if (arguments[i] == "--database" && i + 1 < arguments.Count && arguments[i + 1] is "sqlite" or "mariadb")
            {
                options = options with { OnMariaDb = arguments[++i] == "mariadb" };
                continue;
            }
            if (i + 1 == arguments.Count || !int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            switch (arguments[i++])
            {
                case "--rounds": options = options with { Rounds = Math.Max(1, number) }; break;
                case "--minutes": options = options with { Minutes = number }; break;
                case "--seed": options = options with { Seed = number }; break;
                case "--orders": options = options with { Orders = number }; break;
                default: return null;
            }
        }
        return options;
    }
}

/// <summary>Something was answered wrongly: the figures would mean nothing.</summary>
internal sealed class BenchFailed(string message) : Exception(message)
{
    /// <summary>Stops the program unless it is so.</summary>
    public static void Unless(bool isSo, string message)
    {
        if (!isSo) throw new BenchFailed(message);
    }
}
