using Courier.Kernel;
using Courier.Kernel.Modules;

namespace Courier.Host;

/// <summary>Reads options from the configuration, checks them and collects what is wrong, so that one start shows all of it.</summary>
internal sealed class Settings(IConfiguration configuration) : ISettings
{
    private readonly List<string> _problems = [];

    public T Read<T>(string section) where T : class, ICheckedOptions, new()
    {
        try
        {
            var options = configuration.GetSection(section).Get<T>() ?? new T();
            _problems.AddRange(options.Problems().Select(p => $"{section}:{p}"));
            return options;
        }
        catch (InvalidOperationException e)
        {
            // The binder's word for a value that does not fit its type; it names the key and the type.
            _problems.Add($"{section}: {e.InnerException?.Message ?? e.Message}");
            return new T();
        }
    }

    /// <summary>Adds problems that are no matter of one section.</summary>
    public void Refuse(IEnumerable<string> problems) => _problems.AddRange(problems);

    /// <summary>Does something that refuses a setting by an exception; the start goes on to find further problems.</summary>
    public T Try<T>(Func<T> work, T otherwise)
    {
        try
        {
            return work();
        }
        catch (WrongConfiguration wrong)
        {
            _problems.Add(wrong.Message);
            return otherwise;
        }
    }

    /// <summary>Stops the start when anything was wrong.</summary>
    /// <exception cref="WrongConfiguration">With a line for each problem.</exception>
    public void ThrowIfWrong()
    {
        if (_problems.Count > 0) throw new WrongConfiguration(string.Join(Environment.NewLine, _problems));
    }
}
