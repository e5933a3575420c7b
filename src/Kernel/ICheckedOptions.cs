namespace Courier.Kernel;

/// <summary>Settings of one capability. They are checked once at start; a wrong one stops the start with its name and what is allowed.</summary>
public interface ICheckedOptions
{
    /// <summary>One sentence for each wrong setting, naming it relative to the section ("Provider must be Sqlite or MySql"); empty when all is well.</summary>
    IEnumerable<string> Problems();
}

/// <summary>The configuration cannot be used; the process ends with exit code 2.</summary>
/// <param name="message">What is wrong and what is allowed, a line each.</param>
public sealed class WrongConfiguration(string message) : Exception(message);
