using System.Diagnostics;

namespace Courier.Testing;

/// <summary>Waits for something to become true in real time, for what other processes and threads do.</summary>
public static class Wait
{
    /// <summary>Asks again and again until the condition holds; fails the test when it does not within the deadline.</summary>
    public static async Task Until(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        var limit = within ?? TimeSpan.FromSeconds(60);
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit) throw new TimeoutException($"waited {limit} in vain: {what}");
            await Task.Delay(25);
        }
    }

    /// <inheritdoc cref="Until(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task Until(Func<bool> condition, string what, TimeSpan? within = null) => Until(() => Task.FromResult(condition()), what, within);
}
