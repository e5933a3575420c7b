using Courier.Host;
using Courier.Kernel;

const int Stopped = 0, Failed = 1, Wrong = 2;

// Whatever a pattern and a text do to each other: no message may keep a core busy for longer.
AppContext.SetData("REGEX_DEFAULT_MATCH_TIMEOUT", TimeSpan.FromSeconds(2));
try
{
    await using var app = Composition.Build(args);
    await app.Serve();
    Console.WriteLine(app.Greeting());
    await app.WaitForShutdownAsync();
    return Stopped;
}
catch (WrongConfiguration wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return Wrong;
}
catch (Exception e) // the last line: whatever stops the start or the run is said, and the exit code tells the supervisor
{
    await Console.Error.WriteLineAsync(Courier.Host.Logging.MaskedText.Mask($"Courier cannot go on: {e}"));
    return Failed;
}
